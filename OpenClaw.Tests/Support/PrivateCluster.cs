using Npgsql;

namespace OpenClaw.Tests.Support;

/// <summary>
/// A throwaway PostgreSQL server, made by <c>scripts/postgres</c>: for the whole run, or for one test in which the
/// database goes away. It disappears with its data on dispose, and also when the test process dies.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"openclaw-test-{Guid.NewGuid():N}");

    private PrivateCluster()
    {
    }

    /// <summary>The server's own database as a DATABASE_URL; the port stays the same over restarts.</summary>
    public string Url { get; private set; } = "";

    public string ConnectionString => DatabaseUrl.ToConnectionString(Url);

    public static async Task<PrivateCluster> CreateAsync(int maxConnections = 100)
    {
        var cluster = new PrivateCluster();
        var owner = Environment.ProcessId.ToString();
        await cluster.RunAsync("start", "--fsync", "off", "--max-connections", maxConnections.ToString(), "--throwaway", "--watch", owner);
        cluster.Url = await cluster.RunAsync("url");
        return cluster;
    }

    /// <summary>Starts a stopped server, on the port that it had.</summary>
    public Task StartAsync() => RunAsync("start", "--fsync", "off", "--port", new NpgsqlConnectionStringBuilder(ConnectionString).Port.ToString());

    /// <summary>Stops the server in order; every session is ended first.</summary>
    public Task StopAsync() => RunAsync("stop");

    /// <summary>Stops the server as a crash would; what was committed comes back by recovery.</summary>
    public Task CrashAsync() => RunAsync("stop", "--mode", "immediate");

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync() => await RunAsync("remove");

    private Task<string> RunAsync(string command, params string[] options) =>
        Script.RunAsync("scripts/postgres", [command, "--dir", _directory, .. options]);
}
