using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Makes the default agent for a newcomer whose first words go to it before there is any.</summary>
internal sealed class FirstAgent(AgentQueries agents, AgentService service, DefaultModel model, WorkflowCompletions completions)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The agent; null when it cannot be made. Two who ask at once have one key, and so make one agent.</summary>
    public async Task<Agent?> CreateAsync(Caller caller, CancellationToken cancellationToken)
    {
        var first = new NewAgent(AgentLookup.Main, null, model.Name, null, null, null, null, null);

        // A key is kept for a month: when the agent that it made has been stopped, the next one's key is that agent's.
        for (var key = "gateway:first-agent"; ;)
        {
            if (await service.CreateAndProvisionAsync(first, caller, new RequestKey(caller.Owner, key, new byte[32]), cancellationToken) is not Decision<StartedOperation>.Accepted { Value: var started })
            {
                return null;
            }

            if (await ProvisionedAsync(started.AgentId, started.WorkflowUuid, caller, cancellationToken) is { Status: not AgentStatus.Stopped } agent)
            {
                return agent;
            }

            key = $"gateway:first-agent:after:{started.AgentId}";
        }
    }

    /// <summary>The agent when it runs, or cannot, or not in time.</summary>
    public async Task<Agent> AwaitAsync(Agent agent, Caller caller, CancellationToken cancellationToken) => agent.Status is AgentStatus.Provisioning
        ? await ProvisionedAsync(agent.Id, agent.OperationWorkflow, caller, cancellationToken) ?? agent
        : agent;

    private async Task<Agent?> ProvisionedAsync(Guid id, Guid? workflow, Caller caller, CancellationToken cancellationToken)
    {
        if (workflow is { } uuid)
        {
            await completions.WaitAsync(uuid, Limit, cancellationToken);
        }

        return await agents.FindAsync(id, caller, cancellationToken);
    }
}
