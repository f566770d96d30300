using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Data;

/// <summary>Migrations hold SQL of ours: this holds them and EF Core's model together.</summary>
public sealed class DatabaseModelTests
{
    private const string Columns =
        """
        SELECT concat_ws(' ', table_schema || '.' || table_name, column_name, udt_name, CASE is_nullable WHEN 'NO' THEN 'not null' END)
        FROM information_schema.columns
        WHERE table_schema IN ('openclaw', 'openclaw_system') AND table_name <> '__migrations'
        """;

    private const string Keys =
        """
        SELECT concat_ws(' ', table_schema || '.' || table_name, constraint_type, string_agg(column_name, ',' ORDER BY ordinal_position))
        FROM information_schema.table_constraints
        JOIN information_schema.key_column_usage USING (constraint_schema, constraint_name, table_schema, table_name)
        WHERE table_schema IN ('openclaw', 'openclaw_system') AND table_name <> '__migrations' AND constraint_type = 'PRIMARY KEY'
        GROUP BY table_schema, table_name, constraint_name, constraint_type
        """;

    // What EF Core's model does not hold: indexes with their conditions, foreign keys, checks, defaults, triggers, functions.
    private const string Rules =
        """
        SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname IN ('openclaw', 'openclaw_system') AND tablename <> '__migrations'
        UNION ALL
        SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace::regnamespace::text IN ('openclaw', 'openclaw_system') AND contype IN ('c', 'f', 'u', 'x') AND conrelid::regclass::text NOT LIKE '%migrations%'
        UNION ALL
        SELECT concat_ws(' ', 'default', table_schema || '.' || table_name, column_name, coalesce(column_default, generation_expression, 'identity ' || identity_generation))
        FROM information_schema.columns
        WHERE table_schema IN ('openclaw', 'openclaw_system') AND table_name <> '__migrations' AND coalesce(column_default, generation_expression, identity_generation) IS NOT NULL
        UNION ALL
        SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace::regnamespace::text IN ('openclaw', 'openclaw_system') AND NOT t.tgisinternal
        UNION ALL
        SELECT concat_ws(' ', 'function', p.oid::regprocedure, regexp_replace(p.prosrc, '\s+', ' ', 'g')) FROM pg_proc p
        WHERE p.pronamespace::regnamespace::text IN ('openclaw', 'openclaw_system')
        """;

    private const string Update = "OPENCLAW_UPDATE_CONTRACT";

    [TestCase(Columns)]
    [TestCase(Keys)]
    public async Task The_migrated_database_is_the_one_that_the_model_describes(string query)
    {
        await using var migrated = await TestDatabase.CreateAsync();
        await using var modelled = await TestDatabase.CreateAsync();
        await DatabaseMigrator.MigrateAsync(migrated.ConnectionString, () => { }, default);
        await using (var db = new OpenClawDbContext(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw(modelled.ConnectionString).Options))
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        }

        Assert.That(await migrated.LinesAsync(query), Is.EquivalentTo(await modelled.LinesAsync(query)));
    }

    [Test]
    public void The_snapshot_of_the_migrations_is_that_of_the_entities()
    {
        using var db = new OpenClawDbContext(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw("Host=127.0.0.1").Options);

        Assert.That(db.Database.HasPendingModelChanges(), Is.False, "Add a migration: dotnet ef migrations add NAME --project OpenClaw.Data");
    }

    [Test]
    public async Task Indexes_keys_checks_defaults_and_triggers_change_only_on_purpose()
    {
        var file = Repository.PathTo("OpenClaw.Tests/Data/schema.txt");
        await using var database = await TestDatabase.CreateAsync();
        await DatabaseMigrator.MigrateAsync(database.ConnectionString, () => { }, default);

        var document = string.Join('\n', (await database.LinesAsync(Rules)).Order(StringComparer.Ordinal)) + "\n";

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(file, document);
        }

        Assert.That(
            document, Is.EqualTo(await File.ReadAllTextAsync(file)),
            $"The schema is no longer what {Path.GetFileName(file)} says. If a migration is meant to change it, run this test once with {Update}=1 and commit the file.");
    }

    [Test]
    public async Task Several_processes_that_migrate_at_once_all_end_well()
    {
        await using var database = await TestDatabase.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DatabaseMigrator.MigrateAsync(database.ConnectionString, () => { }, default)));

        Assert.That(await database.LinesAsync("SELECT \"MigrationId\" FROM openclaw.__migrations"), Is.Not.Empty.And.Unique);
    }

    [TestCase("SELECT pg_advisory_xact_lock(x'4F70656E436C6177'::bigint)", 1, TestName = "Who_migrates_is_waited_for_longer_than_a_statement_may_take")]
    [TestCase("CREATE SCHEMA openclaw", 0, TestName = "A_migration_may_take_longer_than_a_statement_of_a_request")]
    public async Task Migrations_have_time(string held, int told)
    {
        await using var database = await TestDatabase.CreateAsync();
        var impatient = new NpgsqlConnectionStringBuilder(database.ConnectionString) { CommandTimeout = 1 }.ConnectionString;
        await using var other = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand(held, other))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var waiting = 0;

        var migrating = DatabaseMigrator.MigrateAsync(impatient, () => { }, () => waiting++, default);
        var clock = Stopwatch.StartNew();
        await Eventually.That(() => migrating.IsCompleted || clock.Elapsed > TimeSpan.FromSeconds(2.5), Is.True);
        Assert.That(migrating.IsCompleted, Is.False);
        await transaction.RollbackAsync();

        Assert.That(await migrating, Is.Not.Empty);
        Assert.That(waiting, Is.EqualTo(told));
    }
}
