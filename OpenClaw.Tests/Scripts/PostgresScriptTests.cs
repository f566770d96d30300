using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Scripts;

[Parallelizable(ParallelScope.All)]
[Category("Slow")]
public sealed class PostgresScriptTests
{
    private const int NotRunning = 3;

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"openclaw-test-{Guid.NewGuid():N}");

    [TearDown]
    public Task Remove_the_cluster() => RunAsync("remove");

    [Test]
    public async Task Starts_at_the_same_time_share_one_cluster()
    {
        await Task.WhenAll(StartAsync(), StartAsync(), StartAsync());

        Assert.That(await QueryAsync("SELECT count(*) FROM pg_database WHERE datname = 'openclaw'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_start_after_SIGKILL_recovers_what_was_committed()
    {
        await StartAsync();
        await QueryAsync("CREATE TABLE kept AS SELECT 42; SELECT 0");
        // The server's own number is the first line of its pid file, which SQL can read as well.
        using var server = Process.GetProcessById((int)await QueryAsync("SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int"));
        server.Kill();
        await server.WaitForExitAsync();

        await StartAsync();

        Assert.That(await QueryAsync("SELECT * FROM kept"), Is.EqualTo(42));
    }

    [Test]
    public async Task A_cluster_whose_port_was_taken_meanwhile_moves_to_another()
    {
        await StartAsync();
        var port = await PortAsync();
        await RunAsync("stop");
        using var intruder = new TcpListener(IPAddress.Loopback, port);
        intruder.Start();

        await StartAsync();

        Assert.That(await PortAsync(), Is.Not.EqualTo(port));
        Assert.That(await QueryAsync("SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_cluster_stops_when_the_process_that_it_is_for_is_killed()
    {
        using var owner = Process.Start("sleep", "600");
        await StartAsync("--watch", $"{owner.Id}");

        owner.Kill();

        await Eventually.That(async () => (await TryAsync("status")).ExitCode, Is.EqualTo(NotRunning));
        Assert.That(Directory.Exists(_directory));
    }

    [Test]
    public async Task A_throwaway_cluster_is_removed_when_the_process_that_it_is_for_is_killed()
    {
        using var owner = Process.Start("sleep", "600");
        await StartAsync("--throwaway", "--watch", $"{owner.Id}");

        owner.Kill();

        await Eventually.That(() => Directory.Exists(_directory), Is.False);
    }

    [Test]
    public async Task Only_the_password_opens_it()
    {
        await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(DatabaseUrl.ToConnectionString(await RunAsync("url"))) { Password = "wrong", Pooling = false };

        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        Assert.That(
            () => connection.OpenAsync(),
            Throws.InstanceOf<PostgresException>().With.Property(nameof(PostgresException.SqlState)).EqualTo(PostgresErrorCodes.InvalidPassword));
    }

    private Task<string> StartAsync(params string[] options) => RunAsync("start", ["--fsync", "off", .. options]);

    private Task<string> RunAsync(string command, params string[] options) =>
        Script.RunAsync("scripts/postgres", [command, "--dir", _directory, .. options]);

    private Task<(int ExitCode, string Output, string Errors)> TryAsync(string command) =>
        Script.TryAsync("scripts/postgres", command, "--dir", _directory);

    private async Task<int> PortAsync() => new Uri(await RunAsync("url")).Port;

    private async Task<long> QueryAsync(string sql)
    {
        var url = DatabaseUrl.ToConnectionString(await RunAsync("url"));
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(url) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }
}
