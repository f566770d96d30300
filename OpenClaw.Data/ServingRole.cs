using Npgsql;

namespace OpenClaw.Data;

/// <summary>
/// Gives the role that serves what it needs and no more, where another one migrates: it reads and writes rows, changes no schema,
/// and adds to the audit log alone.
/// </summary>
public static class ServingRole
{
    private const string Missing =
        """
        SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname IN ('openclaw', 'openclaw_system', 'hangfire') AND NOT has_table_privilege($1, format('%I.%I', schemaname, tablename), 'SELECT'))
        """;

    // The name is quoted by the server itself.
    private const string Grant =
        """
        DO $do$ DECLARE serving text := current_setting('openclaw.serving_role');
        BEGIN
            EXECUTE format('GRANT USAGE ON SCHEMA openclaw, openclaw_system, hangfire TO %I', serving);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA openclaw, openclaw_system, hangfire TO %I', serving);
            EXECUTE format('GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA openclaw, openclaw_system, hangfire TO %I', serving);
            EXECUTE format('REVOKE UPDATE, DELETE ON openclaw.audit_log FROM %I', serving);
            EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON openclaw.audit_seals FROM %I', serving);
        END $do$
        """;

    /// <summary>Does nothing when the role has it all already.</summary>
    /// <param name="connectionString">Of the role that has migrated, and owns the schemas.</param>
    /// <param name="role">The one that serves.</param>
    /// <param name="migrated">There may be new tables.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task GrantAsync(string connectionString, string role, bool migrated, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        if (!migrated)
        {
            await using var missing = new NpgsqlCommand(Missing, connection) { Parameters = { new() { Value = role } } };
            if (await missing.ExecuteScalarAsync(cancellationToken) is false)
            {
                return;
            }
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var set = new NpgsqlCommand("SELECT set_config('openclaw.serving_role', $1, true)", connection) { Parameters = { new() { Value = role } } };
        await set.ExecuteNonQueryAsync(cancellationToken);
        await using var grant = new NpgsqlCommand(Grant, connection);
        await grant.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
