using System.Text.RegularExpressions;
using Npgsql;

namespace Hangfire.PostgreSql.Schema;

/// <summary>Creates the tables of schema version 23 where they are missing. Never changes what it finds.</summary>
internal static partial class SchemaInstaller
{
    public const int Version = 23;

    public static string Validate(string schemaName) => Name().IsMatch(schemaName)
        ? schemaName
        : throw new ArgumentException($"'{schemaName}' is no name for a schema: letters, digits and underscores only.", nameof(schemaName));

    public static void Install(NpgsqlConnection connection, string schemaName)
    {
        using var transaction = connection.BeginTransaction();
        // Several processes may start at once; CREATE ... IF NOT EXISTS alone can still collide.
        Execute(connection, $"select pg_advisory_xact_lock(hashtext('hangfire-schema:{schemaName}'))");
        if (ReadVersion(connection, schemaName) is { } version)
        {
            if (version < Version)
                throw new InvalidOperationException(
                    $"The schema '{schemaName}' is at version {version}, this engine needs {Version}. Migrate it with the Hangfire.PostgreSql package first.");
            return;
        }
        Execute(connection, SchemaSql.Create.Replace("hangfire.", $"\"{schemaName}\".", StringComparison.Ordinal)
            .Replace("schema hangfire", $"schema if not exists \"{schemaName}\"", StringComparison.Ordinal));
        transaction.Commit();
    }

    private static int? ReadVersion(NpgsqlConnection connection, string schemaName)
    {
        using var exists = new NpgsqlCommand($"select to_regclass('\"{schemaName}\".schema') is not null", connection);
        if (exists.ExecuteScalar() is not true)
            return null;
        using var version = new NpgsqlCommand($"select max(version) from \"{schemaName}\".schema", connection);
        return version.ExecuteScalar() as int?;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();
}
