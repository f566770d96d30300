using System.Diagnostics;
using Npgsql;

namespace OpenClaw.Tests.Support;

/// <summary>A PgBouncer before a database: in transaction mode between two transactions no session is the client's own.</summary>
public sealed class Pooler : IAsyncDisposable
{
    private const int Connections = 20;

    // Also when the process of the tests is killed.
    private const string EndWithTests = """
        "$@" & pooler=$!
        while kill -0 "$0" && kill -0 "$pooler"; do sleep 1; done 2>/dev/null
        kill "$pooler"
        """;

    private static readonly string[] Places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openclaw-pooler-");
    private readonly Process _process;

    private Pooler(TestDatabase database, string mode)
    {
        var port = FreePort.Find();
        Url = new UriBuilder(database.Url) { Host = "127.0.0.1", Port = port }.Uri.AbsoluteUri;
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var settings = Path.Combine(_directory.FullName, "pgbouncer.ini");
        File.WriteAllText(settings, $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.Username} password={server.Password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            default_pool_size = {Connections}
            max_client_conn = 400
            """);

        // It refuses to be root, as PostgreSQL does.
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "postgres"] : [];
        var program = Array.Find(Places, File.Exists) ?? throw new InvalidOperationException("There is no pgbouncer here (Debian: apt-get install pgbouncer).");
        _process = Process.Start(new ProcessStartInfo("bash", ["-c", EndWithTests, Environment.ProcessId.ToString(), program, "-q", .. user, settings]))!;
    }

    /// <summary>The database through the pooler, as a DATABASE_URL.</summary>
    public string Url { get; }

    public static async Task<Pooler> StartAsync(TestDatabase database, string mode = "transaction")
    {
        var pooler = new Pooler(database, mode);
        await Eventually.That(pooler.AnswersAsync, Is.True);
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(DatabaseUrl.ToConnectionString(Url));
            await using var command = source.CreateCommand("SELECT 1");
            return await command.ExecuteScalarAsync() is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
