using Npgsql;
using NpgsqlTypes;
using OpenClaw.Jobs.Workflows.Execution;

namespace OpenClaw.Jobs.Workflows.Ledger;

/// <summary>
/// The statements that move a run. Each is one round trip, compares before it sets, and joins an ambient transaction;
/// zero rows mean that somebody else was first.
/// </summary>
/// <remarks>Instants come from the database's clock alone, so nodes whose clocks differ agree.</remarks>
public sealed partial class WorkflowLedger(NpgsqlDataSource dataSource, ExecutorIdentity executor)
{
    // How long nothing need move before the reconciler looks at a run.
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Json(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlParameter<Guid> Uuid(Guid value) => new() { TypedValue = value };

    private static NpgsqlParameter<int> Int(int value) => new() { TypedValue = value };

    private static NpgsqlParameter<bool> Bool(bool value) => new() { TypedValue = value };

    private static NpgsqlParameter<TimeSpan> Interval(TimeSpan value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Interval };

    private async Task<T> ReadAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await read(reader, cancellationToken);
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
