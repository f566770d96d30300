using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Agents.Provisioning;

/// <summary>Stores the connection and sets the first beat. Commits with its checkpoint.</summary>
public sealed class StartHeartbeatStep : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var connected = await context.OutputOfAsync<RuntimeConnected>("connect_runtime", cancellationToken);
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        agent.OpenclawAgentId = connected.RuntimeId;
        HeartbeatTiming.Begin(agent, await db.NowAsync(cancellationToken));
        return new { next_heartbeat_at = agent.NextHeartbeatAt };
    }
}
