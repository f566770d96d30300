using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Breakers;
using OpenClaw.Jobs.Runtimes.Workers;
using OpenClaw.Jobs.SqlDoor;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Inboxes;
using OpenClaw.Web.Gateway.Nodes;
using OpenClaw.Web.Gateway.Workers;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Gateway.Runs;

/// <summary>
/// Tells the other nodes what runs say here and which have ended, so that their clients hear of them too, and hears what
/// they tell of runs, heartbeats, inboxes, turns, node hosts, brakes, providers and what is asked by SQL. Hints: what was said is in the history, and inboxes and the ends of runs that
/// somebody waits for are looked at all the same.
/// </summary>
internal sealed partial class NodeNews(RunFeed feed, HeartbeatFeed beats, WorkflowCompletions completions, InboxSender inboxes, WorkerTurnSender sessions, LiveReplies replies, BrakeLoop brakes, BreakerLoop breakers, SqlDoorLoop sql, NodeRelay relay, ExecutorIdentity executor, OpenClawOptions options, DatabaseTopology topology, NpgsqlDataSource dataSource, TimeProvider time, ILogger<NodeNews> logger) : BackgroundService
{
    private const string Channel = "openclaw_runs";
    private const string BeatNews = "beat ";

    // Ids of workflows that have ended, many in one notification, which holds 8,000 bytes.
    private const string EndsChannel = "openclaw_ends";
    private const int EndsInOne = 200;

    /// <summary>Bytes of a notification of PostgreSQL, less its end.</summary>
    internal const int MaxNews = 7_999;

    // Letters as they are: escaped, the longest part of a reply in another script would not fit.
    private static readonly JsonSerializerOptions News = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Telling is a transaction: what ends meanwhile goes with it.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    // A connection that died silently is noticed by asking it something.
    private static readonly TimeSpan MuteCommand = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _news = new();
    private readonly ConcurrentQueue<Guid> _ends = new();
    private readonly SemaphoreSlim _some = new(0);

    public override void Dispose()
    {
        _some.Dispose();
        base.Dispose();
    }

    private void Announce(Guid messageId) => Announce(messageId.ToString());

    private void AnnounceBeat(Guid workflowUuid) => Announce($"{BeatNews}{executor.Id} {workflowUuid}");

    private void Announce(ReplyGrowth growth) => Announce(NewsOf(executor.Id, growth));

    // A part that is not told is no loss: the end of a run tells all of it.
    private void Announce(string news)
    {
        // One that does not fit would take all that is told with it.
        if (Encoding.UTF8.GetByteCount(news) > MaxNews)
        {
            return;
        }

        _news.Enqueue(news);
        Wake();
    }

    /// <summary>A part of a reply, as one notification.</summary>
    internal static string NewsOf(string executorId, ReplyGrowth growth) => JsonSerializer.Serialize(new Growth(executorId, growth), News);

    private void AnnounceEnd(Guid workflowUuid)
    {
        _ends.Enqueue(workflowUuid);
        Wake();
    }

    private void Wake()
    {
        if (_some.CurrentCount == 0)
        {
            _some.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        completions.EndedHere += AnnounceEnd;
        feed.EndedHere += Announce;
        beats.EndedHere += AnnounceBeat;
        replies.Grew += Announce;

        // Through a pooler in transaction mode nothing would be heard, and a session of somebody else's would listen.
        var listening = topology.HasSessions ? RepeatAsync(ListenAsync, stoppingToken) : Task.CompletedTask;
        await Task.WhenAll(listening, RepeatAsync(TellAsync, stoppingToken));
        replies.Grew -= Announce;
        beats.EndedHere -= AnnounceBeat;
        feed.EndedHere -= Announce;
        completions.EndedHere -= AnnounceEnd;
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
                await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        // Not of the pool, and past a pooler: a session is what listens.
        var direct = new NpgsqlConnectionStringBuilder(options.DatabaseDirectConnection) { Pooling = false, ApplicationName = "openclaw" };
        await using var connection = new NpgsqlConnection(direct.ConnectionString);
        await connection.OpenAsync(stopping);
        await WritableSessions.CheckAsync(connection);
        connection.Notification += (_, told) =>
        {
            if (told.Channel == Inbox.Channel)
            {
                inboxes.Heard(told.Payload);
            }
            else if (told.Channel == WorkerTurns.Channel)
            {
                sessions.Heard(told.Payload);
            }
            else if (told.Channel == NodeInvocations.Channel)
            {
                relay.Heard(told.Payload);
            }
            else if (told.Channel == BrakeBoard.Channel)
            {
                brakes.Heard();
            }
            else if (told.Channel == ProviderBreakers.Channel)
            {
                breakers.Heard();
            }
            else if (told.Channel == SqlDoorLoop.Channel)
            {
                sql.Heard();
            }
            else if (told.Channel == EndsChannel)
            {
                HeardEnds(told.Payload);
            }
            else
            {
                Heard(told.Payload);
            }
        };
        await using var listen = new NpgsqlCommand($"LISTEN {Channel}; LISTEN {EndsChannel}; LISTEN {Inbox.Channel}; LISTEN {WorkerTurns.Channel}; LISTEN {NodeInvocations.Channel}; LISTEN {BrakeBoard.Channel}; LISTEN {ProviderBreakers.Channel}; LISTEN {SqlDoorLoop.Channel}", connection);
        await listen.ExecuteNonQueryAsync(stopping);
        await using var ask = new NpgsqlCommand("SELECT 1", connection);
        while (true)
        {
            if (!await connection.WaitAsync(MuteCommand, stopping))
            {
                await ask.ExecuteNonQueryAsync(stopping);
            }
        }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        await _some.WaitAsync(stopping);
        await Task.Delay(Gathering, time, stopping);
        var news = All(_news).Select(text => (Channel, Text: text));
        var ends = All(_ends).Chunk(EndsInOne).Select(ids => (Channel: EndsChannel, Text: string.Join(' ', ids)));
        var told = news.Concat(ends).ToList();
        if (told.Count == 0)
        {
            return;
        }

        // What is told is a hint, and need not wait for the disk.
        await using var tell = dataSource.CreateCommand(
            "SELECT set_config('synchronous_commit', 'off', true), pg_notify(channel, news) FROM unnest($1, $2) AS told (channel, news)");
        tell.Parameters.Add(new NpgsqlParameter { Value = told.Select(each => each.Channel).ToArray() });
        tell.Parameters.Add(new NpgsqlParameter { Value = told.Select(each => each.Text).ToArray() });
        await tell.ExecuteNonQueryAsync(stopping);
    }

    private static List<T> All<T>(ConcurrentQueue<T> queue)
    {
        var all = new List<T>();
        while (queue.TryDequeue(out var one))
        {
            all.Add(one);
        }

        return all;
    }

    private void HeardEnds(string ids)
    {
        foreach (var id in ids.Split(' '))
        {
            if (Guid.TryParse(id, out var workflowUuid))
            {
                completions.Heard(workflowUuid);
            }
        }
    }

    // What this node runs itself it has told already.
    private void Heard(string news)
    {
        if (Guid.TryParse(news, out var messageId))
        {
            feed.Heard(messageId);
        }
        else if (news.StartsWith(BeatNews, StringComparison.Ordinal))
        {
            HeardBeat(news.Split(' '));
        }
        else if (JsonSerializer.Deserialize<Growth>(news) is { Reply: not null } heard && heard.Executor != executor.Id)
        {
            feed.Heard(heard.Reply);
        }
    }

    private void HeardBeat(string[] words)
    {
        if (words is [_, var by, var workflow] && by != executor.Id && Guid.TryParse(workflow, out var workflowUuid))
        {
            beats.Heard(workflowUuid);
        }
    }

    private sealed record Growth(string Executor, ReplyGrowth Reply);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Debug, Message = "Other nodes are not told of runs for the moment: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
