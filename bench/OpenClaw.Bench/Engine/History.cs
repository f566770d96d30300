using Npgsql;

namespace OpenClaw.Bench.Engine;

/// <summary>Fills the ledger with runs that have ended, as a service leaves them behind.</summary>
internal static class History
{
    private const string SeedSql =
        """
        WITH seeded AS (
            INSERT INTO openclaw_system.workflow_status
                (workflow_uuid, name, version, mode, status, owner, request, output, next_step, due_at, queue, created_at, updated_at, completed_at)
            SELECT gen_random_uuid(), 'bench_inline', 1, 'inline', CASE WHEN i % 20 = 0 THEN 'ERROR' ELSE 'SUCCESS' END, 'bench', '{}', 'null', 5, at, 'default', at, at, at
            FROM generate_series($1 + 1, $2) AS i, LATERAL (SELECT now() - interval '30 days' * random() AS at) AS a
            RETURNING workflow_uuid, created_at
        )
        INSERT INTO openclaw_system.operation_outputs (workflow_uuid, function_id, function_name, output, attempts, lease_epoch, executor_id, started_at, completed_at)
        SELECT s.workflow_uuid, n - 1, 'step' || n, 'null', 1, 1, 'gone:1/1-0', s.created_at, s.created_at FROM seeded s, generate_series(1, 5) AS n
        """;

    /// <param name="source">The service's database.</param>
    /// <param name="from">So many are there already.</param>
    /// <param name="to">So many are there afterwards.</param>
    public static async Task SeedAsync(NpgsqlDataSource source, int from, int to)
    {
        await using (var seed = source.CreateCommand(SeedSql))
        {
            seed.CommandTimeout = 900;
            seed.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
            seed.Parameters.Add(new NpgsqlParameter<int> { TypedValue = to });
            await seed.ExecuteNonQueryAsync();
        }

        await using var vacuum = source.CreateCommand("VACUUM ANALYZE");
        vacuum.CommandTimeout = 900;
        await vacuum.ExecuteNonQueryAsync();
    }
}
