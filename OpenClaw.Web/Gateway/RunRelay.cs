using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Sessions;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Gateway;

/// <summary>
/// Tells the other nodes what runs say here and which have ended, so that their clients hear of them too, and hears what
/// they tell of runs, inboxes and turns. Hints: what was said is in the history, a client that waits for a run has its node look for the end
/// itself, and inboxes are looked at all the same.
/// </summary>
internal sealed partial class RunRelay(RunFeed feed, InboxPump inboxes, SessionPump sessions, LiveReplies replies, ExecutorIdentity executor, OpenClawOptions options, NpgsqlDataSource dataSource, ILogger<RunRelay> logger) : BackgroundService
{
    private const string Channel = "openclaw_runs";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A connection that died silently is noticed by asking it something.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _news = new();
    private readonly SemaphoreSlim _some = new(0);

    public override void Dispose()
    {
        _some.Dispose();
        base.Dispose();
    }

    private void Announce(Guid messageId) => Announce(messageId.ToString());

    private void Announce(ReplyGrowth growth) => Announce(JsonSerializer.Serialize(new Growth(executor.Id, growth)));

    private void Announce(string news)
    {
        _news.Enqueue(news);
        if (_some.CurrentCount == 0)
            _some.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.EndedHere += Announce;
        replies.Grew += Announce;
        await Task.WhenAll(RepeatAsync(ListenAsync, stoppingToken), RepeatAsync(TellAsync, stoppingToken));
        replies.Grew -= Announce;
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
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is: the loop goes on, and so does the service.
                LogAway(logger, exception.Message);
                await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            else if (told.Channel == SessionTurns.Channel)
                sessions.Heard(told.Payload);
            else
                Heard(told.Payload);
        };
        await using var listen = new NpgsqlCommand($"LISTEN {Channel}; LISTEN {Inbox.Channel}; LISTEN {SessionTurns.Channel}", connection);
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
        var all = new List<string>();
        while (_news.TryDequeue(out var news))
            all.Add(news);

        await using var tell = dataSource.CreateCommand($"SELECT pg_notify('{Channel}', news) FROM unnest($1) AS news");
        tell.Parameters.Add(new NpgsqlParameter { Value = all.ToArray() });
        await tell.ExecuteNonQueryAsync(stopping);
    }

    // What this node runs itself it has told already.
    private void Heard(string news)
    {
        if (Guid.TryParse(news, out var messageId))
            feed.Heard(messageId);
        else if (JsonSerializer.Deserialize<Growth>(news) is { } heard && heard.Executor != executor.Id)
            feed.Heard(heard.Reply);
    }

    private sealed record Growth(string Executor, ReplyGrowth Reply);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Debug, Message = "Other nodes are not told of runs for the moment: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
