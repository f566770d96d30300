using Npgsql;

namespace OpenClaw.Tests.Support;

public sealed class TestDatabaseTests
{
    [Test]
    public async Task A_database_is_fresh_and_its_url_names_it_too()
    {
        await using var database = await TestDatabase.CreateAsync();

        await using var create = database.DataSource.CreateCommand("CREATE TABLE seen AS SELECT current_database() AS name");
        await create.ExecuteNonQueryAsync();

        await using var connection = new NpgsqlConnection(DatabaseUrl.ToConnectionString(database.Url));
        await connection.OpenAsync();
        await using var read = new NpgsqlCommand("SELECT name::text = current_database() FROM seen", connection);
        Assert.That(await read.ExecuteScalarAsync(), Is.True);
    }

    [Test]
    public async Task Dropping_a_database_ends_the_sessions_left_in_it()
    {
        var database = await TestDatabase.CreateAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();

        await database.DisposeAsync();

        await using var command = new NpgsqlCommand("SELECT 1", connection);
        Assert.That(command.ExecuteScalarAsync, Throws.InstanceOf<NpgsqlException>());
    }

    [Test]
    public async Task A_private_cluster_keeps_commits_over_a_crash_and_its_port_over_restarts()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var database = await TestDatabase.CreateAsync(cluster);
        await using var write = database.DataSource.CreateCommand("CREATE TABLE kept AS SELECT 42 AS value");
        await write.ExecuteNonQueryAsync();

        await cluster.CrashAsync();
        Assert.That(ReadAsync, Throws.InstanceOf<NpgsqlException>());

        await cluster.StartAsync();
        await Eventually.That(ReadAsync, Is.EqualTo(42));

        async Task<int> ReadAsync()
        {
            await using var read = database.DataSource.CreateCommand("SELECT value FROM kept");
            return (int)(await read.ExecuteScalarAsync())!;
        }
    }
}
