using OpenClaw.Data;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Agents.Provisioning;

/// <summary>Stores the connection and sets the first beat. Commits with its checkpoint.</summary>
public sealed class StartHeartbeatStep(TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var connected = await context.OutputOfAsync<RuntimeConnected>("connect_runtime", cancellationToken);
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        agent.OpenclawAgentId = connected.RuntimeId;
        agent.NextHeartbeatAt = agent.HeartbeatEnabled ? time.GetUtcNow() + agent.HeartbeatInterval : null;
        return new { next_heartbeat_at = agent.NextHeartbeatAt };
    }
}
