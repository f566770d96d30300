using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
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
}
