using Npgsql;

namespace OpenClaw.Web.Hosting;

/// <summary>
/// How the database is reached: directly, or through a pooler that gives each transaction whichever session is free. Declared,
/// or found out before anything uses it, by what happens and not by a port: two clients are seen on one session of the server,
/// or one client on two.
/// </summary>
internal sealed class DatabaseTopology(OpenClawOptions options)
{
    private const int Rounds = 4;

    // Of one statement, in seconds: with all its sessions taken a pooler lets a client wait.
    private const int Patience = 5;

    private bool _directIsPooled;

    /// <summary>Between two transactions on <c>DATABASE_URL</c> no session is ours.</summary>
    public bool IsPooled { get; private set; } = options.DatabaseIsPooled;

    /// <summary>There is a way to the database on which a session is ours as long as we want: for LISTEN, and for locks that end with it.</summary>
    public bool HasSessions => HasDirect ? !_directIsPooled : !IsPooled;

    private bool HasDirect => options.DatabaseDirectConnection != options.DatabaseConnection;

    /// <summary>Finds out what was not declared.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        _directIsPooled = HasDirect && await SharesSessionsAsync(options.DatabaseDirectConnection, cancellationToken);
        IsPooled = options.DatabaseIsPooled || await SharesSessionsAsync(options.DatabaseConnection, cancellationToken);
    }

    private static async Task<bool> SharesSessionsAsync(string connectionString, CancellationToken cancellationToken)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = Patience }.ConnectionString;
        await using var one = new NpgsqlConnection(unpooled);
        await one.OpenAsync(cancellationToken);

        // The server itself names the session when it is opened, as a proxy does that only passes on.
        if (one.ProcessID == await SessionOfAsync(one, cancellationToken))
        {
            return false;
        }

        await using var other = new NpgsqlConnection(unpooled);
        await other.OpenAsync(cancellationToken);
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                if (await ShareAsync(one, other, cancellationToken))
                {
                    return true;
                }
            }

            return false;
        }
        catch (NpgsqlException exception) when (exception.InnerException is TimeoutException)
        {
            // While one has a transaction the other has no session.
            return true;
        }
    }

    private static async Task<bool> ShareAsync(NpgsqlConnection one, NpgsqlConnection other, CancellationToken cancellationToken)
    {
        var before = await SessionOfAsync(one, cancellationToken);
        int others, meanwhile;
        await using (await other.BeginTransactionAsync(cancellationToken))
        {
            others = await SessionOfAsync(other, cancellationToken);
            meanwhile = others == before ? 0 : await SessionOfAsync(one, cancellationToken);
        }

        return others == before || meanwhile != before;
    }

    private static async Task<int> SessionOfAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is int session ? session : 0;
    }
}
