using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents.ChangingRuntime;

/// <summary>
/// Gives an agent another model, in the caller's transaction. Where another runtime serves it, the agent forgets by which
/// name the old one knew it, and a workflow makes it known to the new one and lets it go at the old.
/// </summary>
public sealed class RuntimeChange(WorkflowClient workflows)
{
    /// <param name="agent">Its row is locked by the caller.</param>
    /// <param name="model"><c>provider/name</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ApplyAsync(Agent agent, string model, CancellationToken cancellationToken)
    {
        var (old, runtimeId) = (agent.Model, agent.OpenclawAgentId);
        agent.Model = model;

        // One that never ran is made known when it is provisioned.
        if (RuntimeCatalog.IsSameRuntime(old, model) || (runtimeId is null && agent.ProvisionedAt is null))
        {
            return;
        }

        agent.OpenclawAgentId = null;
        await workflows.StartAsync(
            new WorkflowStart(ChangeRuntimeWorkflow.Name, agent.UserId, new ChangeRuntimeRequest(old, runtimeId)) { AgentId = agent.Id }, cancellationToken);
    }
}
