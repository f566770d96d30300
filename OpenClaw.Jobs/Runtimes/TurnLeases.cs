using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenClaw.Jobs.Batching;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>
/// Lets an agent have one turn at a time, whatever node it comes to. On one node turns wait for each other in line; for
/// another node's they are put back. Leases of many agents are taken, and given back, with one statement.
/// </summary>
public sealed partial class TurnLeases
{
    // Longer than a turn may take; a process that dies loses its leases with its heartbeat.
    private static readonly TimeSpan Limit = TurnLimits.Most + TimeSpan.FromHours(1);

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    // The same turn takes its own lease over: it is the next attempt. All nodes lock rows in one order.
    private const string TakeSql =
        """
        INSERT INTO openclaw.turn_leases AS held (agent_id, turn_key, executor_id, until)
        SELECT agent_id, turn_key, $3, now() + $4 FROM unnest($1::uuid[], $2::text[]) AS turn (agent_id, turn_key) ORDER BY agent_id
        ON CONFLICT (agent_id) DO UPDATE SET turn_key = excluded.turn_key, executor_id = excluded.executor_id, until = excluded.until
        WHERE held.turn_key = excluded.turn_key OR held.until < now()
           OR NOT EXISTS (
               SELECT 1 FROM openclaw_system.executors e
               WHERE e.executor_id = held.executor_id AND e.stopped_at IS NULL AND e.beat_at > now() - interval '10 seconds')
        RETURNING agent_id
        """;

    private const string ReleaseSql =
        """
        WITH mine AS (
            SELECT held.agent_id FROM openclaw.turn_leases held JOIN unnest($1::uuid[], $2::text[]) AS turn (agent_id, turn_key) USING (agent_id, turn_key)
            WHERE held.executor_id = $3 ORDER BY held.agent_id FOR UPDATE OF held
        )
        DELETE FROM openclaw.turn_leases held USING mine WHERE held.agent_id = mine.agent_id
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly ExecutorIdentity _executor;
    private readonly TimeProvider _time;
    private readonly ILogger<TurnLeases> _logger;
    private readonly WriteBatcher<TurnLease, bool> _takes;
    private readonly WriteBatcher<TurnLease, bool> _releases;
    private readonly ConcurrentDictionary<Guid, Line> _lines = new();

    public TurnLeases(NpgsqlDataSource dataSource, ExecutorIdentity executor, TimeProvider time, ILogger<TurnLeases> logger)
    {
        (_dataSource, _executor, _time, _logger) = (dataSource, executor, time, logger);
        _takes = new WriteBatcher<TurnLease, bool>(TakeAsync);
        _releases = new WriteBatcher<TurnLease, bool>(ReleaseAsync);
    }

    /// <summary>Runs the turn while the agent has no other.</summary>
    /// <exception cref="StepNotReadyException">It has one on another node; this turn comes later.</exception>
    public async Task<T> RunAsync<T>(Guid agentId, string turnKey, Func<Task<T>> run, CancellationToken cancellationToken)
    {
        var line = Enter(agentId);
        var lease = new TurnLease(agentId, turnKey);
        var taken = false;
        try
        {
            await line.Turn.WaitAsync(cancellationToken);
            taken = true;
            return await _takes.WriteAsync(lease) ? await run() : throw new StepNotReadyException(AskAgain, "The agent has another turn under way.");
        }
        finally
        {
            // Whoever ran the turn need not wait for it; who is next in line does.
            _ = LeaveAsync(lease, line, taken);
        }
    }

    // A lease that stays would keep the agent from all other turns: what cannot be given back now is given back later.
    private async Task LeaveAsync(TurnLease lease, Line line, bool taken)
    {
        for (var released = !taken; !released;)
        {
            try
            {
                released = await _releases.WriteAsync(lease);
            }
            catch (Exception exception)
            {
                LogHeld(_logger, lease.AgentId, exception.Message);
                await Task.Delay(AskAgain, _time);
            }
        }

        if (taken)
        {
            line.Turn.Release();
        }

        Leave(lease.AgentId, line);
    }

    private async Task<IReadOnlyList<bool>> TakeAsync(IReadOnlyList<TurnLease> leases)
    {
        await using var take = Command(TakeSql, leases);
        take.Parameters.Add(new NpgsqlParameter { Value = Limit });
        await using var reader = await take.ExecuteReaderAsync();
        var taken = new HashSet<Guid>();
        while (await reader.ReadAsync())
        {
            taken.Add(reader.GetGuid(0));
        }

        return [.. leases.Select(lease => taken.Contains(lease.AgentId))];
    }

    private async Task<IReadOnlyList<bool>> ReleaseAsync(IReadOnlyList<TurnLease> leases)
    {
        await using var release = Command(ReleaseSql, leases);
        await release.ExecuteNonQueryAsync();
        return [.. leases.Select(_ => true)];
    }

    private NpgsqlCommand Command(string sql, IReadOnlyList<TurnLease> leases)
    {
        var command = _dataSource.CreateCommand(sql);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = leases.Select(lease => lease.AgentId).ToArray() }, new() { Value = leases.Select(lease => lease.TurnKey).ToArray() }, new() { Value = _executor.Id },
        });
        return command;
    }

    private Line Enter(Guid agentId)
    {
        while (true)
        {
            var line = _lines.GetOrAdd(agentId, _ => new Line());
            lock (line)
            {
                if (line.Length >= 0)
                {
                    line.Length++;
                    return line;
                }
            }
        }
    }

    private void Leave(Guid agentId, Line line)
    {
        lock (line)
        {
            if (--line.Length == 0)
            {
                // Nobody stands in it any more, and nobody can enter it.
                line.Length = -1;
                _lines.TryRemove(new(agentId, line));
                line.Turn.Dispose();
            }
        }
    }

    private sealed class Line
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Length { get; set; }
    }

    private sealed record TurnLease(Guid AgentId, string TurnKey);

    [LoggerMessage(EventId = 1142, Level = LogLevel.Warning, Message = "Agent {AgentId} has no other turn until its lease can be given back; it is tried again. {Reason}")]
    private static partial void LogHeld(ILogger logger, Guid agentId, string reason);
}
