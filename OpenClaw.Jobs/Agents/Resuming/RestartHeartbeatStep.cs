using OpenClaw.Data;
using OpenClaw.Jobs.Agents.Provisioning;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Agents.Resuming;

/// <summary>Takes the schedule up at the phase in which it was paused. Commits with its checkpoint.</summary>
public sealed class RestartHeartbeatStep : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var loaded = await context.OutputOfAsync<LoadedCheckpoint>("load_checkpoint", cancellationToken);
        var connected = await context.OutputOfAsync<RuntimeConnected>("reconnect_runtime", cancellationToken);
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        agent.OpenclawAgentId = connected.RuntimeId;
        agent.HeartbeatClaimedUntil = null;
        agent.NextHeartbeatAt = agent.HeartbeatEnabled ? await db.NowAsync(cancellationToken) + Phase(loaded.State.UntilNextHeartbeat, agent.HeartbeatInterval) : null;
        return new { next_heartbeat_at = agent.NextHeartbeatAt };
    }

    private static TimeSpan Phase(TimeSpan? untilNext, TimeSpan interval) => untilNext switch
    {
        null => interval,
        { } rest when rest < TimeSpan.Zero => TimeSpan.Zero,
        { } rest => rest < interval ? rest : interval,
    };
}
