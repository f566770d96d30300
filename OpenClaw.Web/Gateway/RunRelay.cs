using System.Collections.Concurrent;
using Npgsql;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Gateway;

/// <summary>
/// Tells the other nodes which runs have ended here, so that their clients hear of them too, and hears what they tell of
/// runs and inboxes. Hints: what was said is in the history, a client that waits for a run has its node look for the end
/// itself, and inboxes are looked at all the same.
/// </summary>
internal sealed partial class RunRelay(RunFeed feed, InboxPump inboxes, GatewayHub hub, OpenClawOptions options, NpgsqlDataSource dataSource, ILogger<RunRelay> logger) : BackgroundService
{
    private const string Channel = "openclaw_runs";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A connection that died silently is noticed by asking it something.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Guid> _ended = new();
    private readonly SemaphoreSlim _some = new(0);

    public override void Dispose()
    {
        _some.Dispose();
        base.Dispose();
    }

    private void Announce(Guid messageId)
    {
        _ended.Enqueue(messageId);
        if (_some.CurrentCount == 0)
            _some.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.EndedHere += Announce;
        await Task.WhenAll(RepeatAsync(ListenAsync, stoppingToken), RepeatAsync(TellAsync, stoppingToken));
        feed.EndedHere -= Announce;
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await run(stopping);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException || DatabaseOutage.Caused(exception))
            {
                LogAway(logger, exception.Message);
                await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        // Not of the pool, and past a pooler: a session is what listens.
        var direct = new NpgsqlConnectionStringBuilder(options.DatabaseDirectConnection) { Pooling = false, ApplicationName = "openclaw" };
        await using var connection = new NpgsqlConnection(direct.ConnectionString);
        await connection.OpenAsync(stopping);
        connection.Notification += (_, told) =>
        {
            if (told.Channel == Inbox.Channel)
                inboxes.Heard(told.Payload);
            else if (hub.IsAnyoneThere && Guid.TryParse(told.Payload, out var messageId))
                feed.Heard(messageId);
        };
        await using var listen = new NpgsqlCommand($"LISTEN {Channel}; LISTEN {Inbox.Channel}", connection);
        await listen.ExecuteNonQueryAsync(stopping);
        await using var ask = new NpgsqlCommand("SELECT 1", connection);
        while (true)
        {
            if (!await connection.WaitAsync(Quiet, stopping))
                await ask.ExecuteNonQueryAsync(stopping);
        }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        await _some.WaitAsync(stopping);
        var ended = new List<string>();
        while (_ended.TryDequeue(out var messageId))
            ended.Add(messageId.ToString());

        await using var tell = dataSource.CreateCommand($"SELECT pg_notify('{Channel}', id) FROM unnest($1) AS id");
        tell.Parameters.Add(new NpgsqlParameter { Value = ended.ToArray() });
        await tell.ExecuteNonQueryAsync(stopping);
    }

    [LoggerMessage(EventId = 2203, Level = LogLevel.Debug, Message = "Other nodes are not told of runs for the moment: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
