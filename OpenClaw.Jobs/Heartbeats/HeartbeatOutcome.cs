using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>What a beat's end means for its agent: failures in a row make it degraded, a success clears that. The owner hears of both once.</summary>
public sealed class HeartbeatOutcome(OwnerNotifier notifier)
{
    /// <summary>So many failures in a row mark an agent degraded.</summary>
    public const int FailuresUntilDegraded = 3;

    /// <param name="agent">Its row is locked by the caller.</param>
    /// <param name="execution">The beat, ended.</param>
    /// <param name="key">The same whenever this is repeated.</param>
    /// <param name="now">The database's clock.</param>
    /// <param name="db">Where the notices to the owner go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ApplyAsync(Agent agent, HeartbeatExecution execution, string key, DateTimeOffset now, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        switch (execution.Status)
        {
            case HeartbeatStatus.Failed:
                await FailAsync(agent, execution, key, now, db, cancellationToken);
                break;
            case HeartbeatStatus.Ok or HeartbeatStatus.Alert:
                await SucceedAsync(agent, key, db, cancellationToken);
                break;
        }

        if (execution.Status is HeartbeatStatus.Alert)
        {
            await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.HeartbeatAlert, execution.Reason, $"{key}:alert"), db, cancellationToken);
        }

        // Of its own kind, so that who does not want small talk still hears of alerts.
        if (execution is { Status: HeartbeatStatus.Ok, Reason: { } note })
        {
            await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.HeartbeatNote, note, $"{key}:note"), db, cancellationToken);
        }
    }

    private async Task FailAsync(Agent agent, HeartbeatExecution execution, string key, DateTimeOffset now, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        agent.HeartbeatFailures++;
        if (agent.HeartbeatFailures >= FailuresUntilDegraded && agent.DegradedAt is null)
        {
            agent.DegradedAt = now;
            var detail = $"{agent.HeartbeatFailures} heartbeats in a row: {execution.Reason}";
            await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.HeartbeatsMissed, detail, $"{key}:degraded"), db, cancellationToken);
        }
    }

    private async Task SucceedAsync(Agent agent, string key, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (agent.DegradedAt is not null)
        {
            await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.HeartbeatRecovered, detail: null, $"{key}:recovered"), db, cancellationToken);
        }

        agent.HeartbeatFailures = 0;
        agent.DegradedAt = null;
    }
}
