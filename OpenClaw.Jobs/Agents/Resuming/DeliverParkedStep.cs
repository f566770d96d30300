using OpenClaw.Data;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Messages;

namespace OpenClaw.Jobs.Agents.Resuming;

/// <summary>Sends what waited for the agent on its way, in order, and ends the operation. Commits with its checkpoint.</summary>
public sealed class DeliverParkedStep(MessageRouter router, WorkflowClient workflows) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        agent.Operation = null;
        await workflows.WakeAgentAsync(agent.Id, cancellationToken);
        return new { delivered = await router.ReleaseParkedAsync(agent, db, cancellationToken) };
    }
}
