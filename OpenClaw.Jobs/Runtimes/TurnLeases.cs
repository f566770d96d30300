using System.Collections.Concurrent;
using Npgsql;
using OpenClaw.Jobs.Workflows.Definitions;
using OpenClaw.Jobs.Workflows.Execution;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>Lets an agent have one turn at a time, whatever node it comes to. On one node turns wait for each other in line; for another node's they are put back.</summary>
public sealed class TurnLeases(NpgsqlDataSource dataSource, ExecutorIdentity executor)
{
    // Longer than a turn may take; a process that dies loses its leases with its heartbeat.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    // The same turn takes its own lease over: it is the next attempt.
    private const string TakeSql =
        """
        INSERT INTO openclaw.turn_leases AS held (agent_id, turn_key, executor_id, until) VALUES ($1, $2, $3, now() + $4)
        ON CONFLICT (agent_id) DO UPDATE SET turn_key = excluded.turn_key, executor_id = excluded.executor_id, until = excluded.until
        WHERE held.turn_key = excluded.turn_key OR held.until < now()
           OR NOT EXISTS (
               SELECT 1 FROM openclaw_system.executors e
               WHERE e.executor_id = held.executor_id AND e.stopped_at IS NULL AND e.beat_at > now() - interval '10 seconds')
        """;

    private const string ReleaseSql = "DELETE FROM openclaw.turn_leases WHERE agent_id = $1 AND turn_key = $2 AND executor_id = $3";

    private readonly ConcurrentDictionary<Guid, Line> _lines = new();

    /// <summary>Runs the turn while the agent has no other.</summary>
    /// <exception cref="StepNotReadyException">It has one on another node; this turn comes later.</exception>
    public async Task<T> RunAsync<T>(Guid agentId, string turnKey, Func<Task<T>> run, CancellationToken cancellationToken)
    {
        var line = Enter(agentId);
        try
        {
            await line.Turn.WaitAsync(cancellationToken);
            try
            {
                return await RunAloneAsync(agentId, turnKey, run, cancellationToken);
            }
            finally
            {
                line.Turn.Release();
            }
        }
        finally
        {
            Leave(agentId, line);
        }
    }

    private async Task<T> RunAloneAsync<T>(Guid agentId, string turnKey, Func<Task<T>> run, CancellationToken cancellationToken)
    {
        await using (var take = dataSource.CreateCommand(TakeSql))
        {
            take.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = agentId }, new() { Value = turnKey }, new() { Value = executor.Id }, new() { Value = Limit } });
            if (await take.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                throw new StepNotReadyException(AskAgain, "The agent has another turn under way.");
            }
        }

        try
        {
            return await run();
        }
        finally
        {
            await using var release = dataSource.CreateCommand(ReleaseSql);
            release.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = agentId }, new() { Value = turnKey }, new() { Value = executor.Id } });
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
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
}
