using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Agents;

/// <summary>Which lifecycle operation an agent in which status allows, and how one begins.</summary>
public static class AgentTransitions
{
    /// <summary>Null when the operation may begin.</summary>
    public static Refusal? Check(Agent agent, AgentOperation operation)
    {
        if (agent.Operation is { } underWay)
        {
            return UnderWay(agent, underWay);
        }

        var allowed = AllowedFrom(operation);
        return allowed.Contains(agent.Status)
            ? null
            : new Refusal.Conflict(
                "wrong_status",
                $"Agent {agent.Id} is {EnumText.ToLower(agent.Status)}; {EnumText.ToLower(operation)} needs it to be {string.Join(" or ", allowed.Select(EnumText.ToLower))}.");
    }

    /// <summary>One operation at a time.</summary>
    internal static Refusal UnderWay(Agent agent, AgentOperation operation) => new Refusal.Conflict(
        "operation_under_way",
        $"Agent {agent.Id} has a {EnumText.ToLower(operation)} under way (workflow {agent.OperationWorkflow}). Wait for it, or cancel it, and try again.");

    /// <summary>Notes on the agent that the workflow carries out the operation.</summary>
    public static void Begin(Agent agent, AgentOperation operation, Guid workflow, DateTimeOffset now)
    {
        agent.Operation = operation;
        agent.OperationWorkflow = workflow;
        agent.UpdatedAt = now;
        if (operation is AgentOperation.Provision)
        {
            agent.Status = AgentStatus.Provisioning;
            agent.ErrorMessage = null;
        }
    }

    private static AgentStatus[] AllowedFrom(AgentOperation operation) => operation switch
    {
        AgentOperation.Provision => [AgentStatus.Provisioning, AgentStatus.Failed],
        AgentOperation.Pause => [AgentStatus.Running],
        AgentOperation.Resume => [AgentStatus.Paused],
        AgentOperation.Stop => [AgentStatus.Provisioning, AgentStatus.Running, AgentStatus.Paused, AgentStatus.Failed, AgentStatus.Stopped],
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
