using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Web.Dashboard.Live;

/// <summary>
/// Tells open pages that something has changed, on whichever node. One small statement a second does for all of them
/// however much changes, and none while no page is open.
/// </summary>
public sealed class LivePulse(NpgsqlDataSource dataSource, TimeProvider time) : IAsyncDisposable
{
    // Every move of a workflow, message and person is numbered by one of these sequences.
    private const string Sql =
        """
        SELECT (SELECT last_value FROM openclaw_system.workflow_events_seq_seq)
             + (SELECT last_value FROM openclaw_system.notifications_sequence_seq)
             + (SELECT last_value FROM openclaw.audit_log_id_seq)
             + (SELECT last_value FROM openclaw.health_transitions_id_seq),
               pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_current_xact_id()::text::bigint
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Channel<long>, bool> _listeners = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _starting = new();
    private Task _watching = Task.CompletedTask;
    private bool _watched;

    /// <summary>Yields a number whenever something has changed; who is slow gets only the latest.</summary>
    public async IAsyncEnumerable<long> ListenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mailbox = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners[mailbox] = true;
        try
        {
            Watch();
            await foreach (var version in mailbox.Reader.ReadAllAsync(cancellationToken))
            {
                yield return version;
            }
        }
        finally
        {
            _listeners.TryRemove(mailbox, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _stopping.Dispose();
    }

    private void Watch()
    {
        lock (_starting)
        {
            if (!_watched)
            {
                (_watched, _watching) = (true, WatchAsync());
            }
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        Reading? known = null;
        long unsettled = 0;
        try
        {
            while (HasListeners())
            {
                if (await ReadAsync() is { } now)
                {
                    // A sequence moves before its transaction commits: what moved is told again until whatever was
                    // under way at that moment has ended.
                    if (known?.Version != now.Version)
                    {
                        unsettled = now.Transaction;
                    }

                    if (unsettled > 0)
                    {
                        Tell(now.Version);
                    }

                    if (known?.Version == now.Version && now.OldestTransaction >= unsettled)
                    {
                        unsettled = 0;
                    }

                    known = now;
                }

                await timer.WaitForNextTickAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    // Under the lock, so that the last look and the next listener's start do not miss each other.
    private bool HasListeners()
    {
        lock (_starting)
        {
            return _watched = !_listeners.IsEmpty;
        }
    }

    private async Task<Reading?> ReadAsync()
    {
        try
        {
            await using var command = dataSource.CreateCommand(Sql);
            await using var reader = await command.ExecuteReaderAsync(_stopping.Token);
            await reader.ReadAsync(_stopping.Token);
            return new Reading(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        }
        catch (Exception exception) when (exception is NpgsqlException || DatabaseOutage.Caused(exception))
        {
            return null;
        }
    }

    private void Tell(long version)
    {
        foreach (var listener in _listeners.Keys)
        {
            listener.Writer.TryWrite(version);
        }
    }

    private readonly record struct Reading(long Version, long OldestTransaction, long Transaction);
}
