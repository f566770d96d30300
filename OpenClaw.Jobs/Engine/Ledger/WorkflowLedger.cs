using Npgsql;
using OpenClaw.Jobs.Batching;
using OpenClaw.Jobs.Engine.Execution;

namespace OpenClaw.Jobs.Engine.Ledger;

/// <summary>
/// The statements that move a run. Each is one round trip, compares before it sets, and joins an ambient transaction;
/// zero rows mean that somebody else was first.
/// </summary>
/// <remarks>Instants come from the database's clock alone, so nodes whose clocks differ agree.</remarks>
public sealed partial class WorkflowLedger
{
    // How long nothing need move before the reconciler looks at a run.
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // How long a runner may hold a run before the reconciler looks whether its process still works on it.
    private static readonly TimeSpan HeldByRunner = TimeSpan.FromMinutes(1);

    // Beats come every second.
    private static readonly TimeSpan MissedBeats = TimeSpan.FromSeconds(2.5);

    // The statements that every step needs keep one plan each, made when the tables may be empty and reading them whole
    // looks cheap: these settings, of the transaction alone, make it one by key.
    private const string PlanByKeySql =
        """
        SELECT count(set_config(name, setting, true)) FROM (VALUES
            ('enable_seqscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('jit', 'off'), ('plan_cache_mode', 'force_generic_plan')) AS s (name, setting)
        """;

    // A claim need not be on the disk: a server that crashes before it is forgets it, and the process that has it can then
    // write nothing. What this process is told it has may wait for no disk.
    private const string ForgettableSql = "SELECT count(set_config('synchronous_commit', 'off', true))";

    private readonly NpgsqlDataSource _dataSource;
    private readonly ExecutorIdentity _executor;
    private readonly WriteBatcher<ClaimRequest, StepClaim?> _claims;
    private readonly WriteBatcher<Checkpoint, CheckpointOutcome> _checkpoints;

    public WorkflowLedger(NpgsqlDataSource dataSource, ExecutorIdentity executor)
    {
        (_dataSource, _executor) = (dataSource, executor);
        _claims = new(requests => ClaimAsync(requests, CancellationToken.None));
        _checkpoints = new(checkpoints => CompleteAsync(checkpoints, CancellationToken.None));
    }

    private async Task<T> ReadAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await read(reader, cancellationToken);
    }

    private async Task<List<T>> ReadByKeyAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, bool forgettable, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        var statement = new NpgsqlBatchCommand(sql);
        statement.Parameters.AddRange(parameters);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(forgettable ? $"{PlanByKeySql} UNION ALL {ForgettableSql}" : PlanByKeySql), statement } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private Task<bool> AnyAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        ReadAsync(sql, parameters, (reader, token) => reader.ReadAsync(token), cancellationToken);

    private Task<List<T>> ListAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        ReadAsync(
            sql,
            parameters,
            async (reader, token) =>
            {
                var rows = new List<T>();
                while (await reader.ReadAsync(token))
                {
                    rows.Add(read(reader));
                }

                return rows;
            },
            cancellationToken);
}
