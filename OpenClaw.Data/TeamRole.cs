using Npgsql;

namespace OpenClaw.Data;

/// <summary>
/// The role as which requests of teams ask the database, which shows it rows of their own owner alone: a second net under the
/// service's own checks. Nobody signs in as it; the role that serves changes to it for a transaction. Everybody else sees what
/// they saw, by plans that know nothing of it.
/// </summary>
public sealed class TeamRole
{
    public const string Name = "openclaw_team";

    internal const string Procedure = $"{OpenClawDbContext.Schema}.act_for";

    // In ASCII "teamrole".
    private const long LockKey = 0x7465616D726F6C65;

    // Whose a row is; what hangs on another row is whose that one is, and a step may be written together with its run.
    private static readonly Table[] Tables =
    [
        new("openclaw.agents", "user_id"),
        .. Of("openclaw.api_keys", "openclaw.budgets", "openclaw.commands", "openclaw.contacts", "openclaw.idempotency_keys", "openclaw.notification_rules", "openclaw.questions", "openclaw.schedule_runs",
            "openclaw.spending", "openclaw.spending_reservations", "openclaw.subscriptions", "openclaw.whatsapp_messages", "openclaw.work_items", "openclaw_system.notifications", "openclaw_system.workflow_status"),
        new("openclaw.brakes", "owner") { AlsoSeen = "owner IS NULL" },
        .. By("EXISTS (SELECT FROM openclaw.agents a WHERE a.id = agent_id)",
            "openclaw.agent_checkpoints", "openclaw.agent_usage", "openclaw.conversation_turns", "openclaw.heartbeat_executions", "openclaw.scheduled_prompts", "openclaw.sessions"),
        new("openclaw_system.operation_outputs", null) { Using = OfRun("operation_outputs"), Check = "true" },
        new("openclaw_system.workflow_events", null) { Using = OfRun("workflow_events"), Check = "true" },
    ];

    private const string Missing =
        $"""
        SELECT t FROM unnest($1) AS t
        WHERE NOT EXISTS (SELECT FROM pg_policies p WHERE p.schemaname || '.' || p.tablename = t AND p.policyname = '{Name}')
        """;

    private const string IsReady =
        $"""
        SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Name}' AND pg_has_role(oid, 'MEMBER')) AND to_regprocedure('{Procedure}(text)') IS NOT NULL
            AND NOT EXISTS ({Missing})
        """;

    private const string Create =
        $"""
        DO $do$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Name}') THEN CREATE ROLE {Name} NOLOGIN; END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $do$
        """;

    // Who inherits a role is held to its policies without changing to it, at a cost; from PostgreSQL 16 that can be said for one role.
    private const string Join =
        $"""
        DO $do$ DECLARE serving text := current_setting('openclaw.serving_role');
        BEGIN
            IF pg_has_role(serving, '{Name}', 'MEMBER') THEN RETURN;
            ELSIF serving = current_user THEN NULL;
            ELSIF current_setting('server_version_num')::int >= 160000 THEN EXECUTE format('GRANT {Name} TO %I WITH INHERIT FALSE', serving); RETURN;
            ELSIF EXISTS (SELECT FROM pg_auth_members WHERE member = quote_ident(serving)::regrole) THEN RAISE insufficient_privilege;
            ELSE EXECUTE format('ALTER ROLE %I NOINHERIT', serving);
            END IF;
            EXECUTE format('GRANT {Name} TO %I', serving);
        END $do$
        """;

    private const string CreateProcedure =
        $"""
        CREATE OR REPLACE PROCEDURE {Procedure}(owner text) LANGUAGE plpgsql AS
        $do$ BEGIN PERFORM set_config('openclaw.owner', owner, true), set_config('role', '{Name}', true); END $do$
        """;

    private volatile bool _isThere;

    /// <summary>Whether all that it needs is there, and the role that serves may change to it.</summary>
    public bool IsThere => _isThere;

    /// <summary>The tables of which it sees rows of one owner alone, and their column that names them; null where another row does.</summary>
    public static IEnumerable<(string Table, string? Owner)> Guarded => Tables.Select(table => (table.Name, table.Owner));

    /// <summary>Looks whether it is there for the role that serves.</summary>
    public async Task LookAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var ready = new NpgsqlCommand(IsReady, connection) { Parameters = { new() { Value = Tables.Select(table => table.Name).ToArray() } } };
        _isThere = await ready.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Makes what is missing, as far as the role may that migrates; false where it may not.</summary>
    /// <param name="connectionString">Of the role that has migrated, and owns the schemas.</param>
    /// <param name="serving">The one that serves.</param>
    /// <param name="migrated">There may be new tables.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> PrepareAsync(string connectionString, string serving, bool migrated, CancellationToken cancellationToken)
    {
        try
        {
            // Nodes that start together do it one after the other, for as long as this one is open.
            await using var queue = await OpenAsync(connectionString, cancellationToken);
            await using var turn = await queue.BeginTransactionAsync(cancellationToken);
            await using var wait = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({LockKey})", queue);
            await wait.ExecuteNonQueryAsync(cancellationToken);

            await using var connection = await OpenAsync(connectionString, cancellationToken);
            await CreateAsync(connection, serving, cancellationToken);
            await ServingRole.GrantAsync(connectionString, Name, migrated, cancellationToken);
            await GuardAsync(connection, cancellationToken);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }

    private static async Task CreateAsync(NpgsqlConnection connection, string serving, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT set_config('openclaw.serving_role', $1, true)") { Parameters = { new() { Value = serving } } },
                new(Create), new(Join), new(CreateProcedure),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // A table at a time, each for a moment: nodes of the version before are at work. A member of the role who has not changed to it is not held to it.
    private static async Task GuardAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { EnableErrorBarriers = true };
        foreach (var table in Tables)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                $"""
                DO $do$ BEGIN
                    IF NOT EXISTS (SELECT FROM pg_policies p WHERE p.schemaname || '.' || p.tablename = '{table.Name}' AND p.policyname = '{Name}') THEN
                        DROP POLICY IF EXISTS everybody ON {table.Name};
                        CREATE POLICY everybody ON {table.Name} USING (true) WITH CHECK (true);
                        CREATE POLICY {Name} ON {table.Name} AS RESTRICTIVE TO {Name} USING (current_user <> '{Name}' OR {table.AlsoSeen} OR {table.Using}) WITH CHECK (current_user <> '{Name}' OR {table.Check});
                        ALTER TABLE {table.Name} ENABLE ROW LEVEL SECURITY;
                    END IF;
                END $do$
                """));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static IEnumerable<Table> Of(params string[] tables) => tables.Select(table => new Table(table, "owner"));

    private static IEnumerable<Table> By(string agent, params string[] tables) => tables.Select(table => new Table(table, null) { Using = agent, Check = agent });

    private static string OfRun(string table) => $"EXISTS (SELECT FROM openclaw_system.workflow_status w WHERE w.workflow_uuid = {table}.workflow_uuid)";

    private sealed record Table(string Name, string? Owner)
    {
        public string Using { get; init; } = $"{Owner} = current_setting('openclaw.owner', true)";

        public string Check { get; init; } = $"{Owner} = current_setting('openclaw.owner', true)";

        /// <summary>Rows that all teams see, and none writes.</summary>
        public string AlsoSeen { get; init; } = "false";
    }
}
