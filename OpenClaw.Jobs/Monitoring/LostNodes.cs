using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Tells the house when a node has died and nobody has taken its place, and when it is back: each once, whichever node sees it.</summary>
public sealed class LostNodes(OwnerNotifier notifier, IDbContextFactory<OpenClawDbContext> contexts, HealthCheckInterval interval, TimeProvider time, ILogger<LostNodes> logger)
    : PeriodicService(interval.Value, time, logger)
{
    private const string LostKey = "node-lost:";

    // A process that is started again at once is no loss.
    private const string LostSql =
        """
        SELECT d.node AS "Name", d.executor_id AS "Died", d.beat_at AS "BeatAt" FROM openclaw_system.executors d
        WHERE d.stopped_at BETWEEN now() - interval '1 day' AND now() - interval '30 seconds' AND d.stop_reason LIKE 'declared dead%'
        AND NOT EXISTS (SELECT FROM openclaw_system.executors e WHERE e.node = d.node AND e.started_at > d.started_at)
        """;

    private const string ReturnedSql =
        $"""
        SELECT d.node AS "Name", d.executor_id AS "Died", d.beat_at AS "BeatAt" FROM openclaw_system.executors d
        JOIN openclaw_system.notifications n ON n.sender = 'openclaw' AND n.message_id = '{LostKey}' || d.executor_id
        WHERE d.stopped_at > now() - interval '7 days' AND d.stop_reason LIKE 'declared dead%'
        AND EXISTS (SELECT FROM openclaw_system.executors e WHERE e.node = d.node AND e.started_at > d.started_at)
        """;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var lost in await db.Database.SqlQueryRaw<Node>(LostSql).ToListAsync(cancellationToken))
        {
            await notifier.NotifyAsync(
                new OwnerNotice(NoticeEvent.NodeLost, Owners.House, $"Node {lost.Name}", $"is lost: silent since {lost.BeatAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Others have taken over what it had under way.", $"{LostKey}{lost.Died}"),
                db, cancellationToken);
        }

        foreach (var back in await db.Database.SqlQueryRaw<Node>(ReturnedSql).ToListAsync(cancellationToken))
        {
            await notifier.NotifyAsync(new OwnerNotice(NoticeEvent.NodeReturned, Owners.House, $"Node {back.Name}", "is back.", $"node-returned:{back.Died}"), db, cancellationToken);
        }
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    private sealed record Node(string Name, string Died, DateTimeOffset BeatAt);
}
