using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Data;

/// <summary>Migrations are written by hand: this holds them and EF Core's model together.</summary>
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

    [TestCase(Columns)]
    [TestCase(Keys)]
    public async Task The_migrated_database_is_the_one_that_the_model_describes(string query)
    {
        await using var migrated = await TestDatabase.CreateAsync();
        await using var modelled = await TestDatabase.CreateAsync();
        await DatabaseMigrator.MigrateAsync(migrated.ConnectionString, () => { }, default);
        await using (var db = new OpenClawDbContext(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw(modelled.ConnectionString).Options))
            await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();

        Assert.That(await migrated.LinesAsync(query), Is.EquivalentTo(await modelled.LinesAsync(query)));
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
            await hold.ExecuteNonQueryAsync();
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
