using System.Security.Authentication;
using System.Security.Cryptography;
using Hangfire.PostgreSql;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Web.Hosting;

/// <summary>Finds out how the database is reached, and brings it, the engine's schema included, to this version before anything uses it.</summary>
internal sealed partial class DatabaseMigration(OpenClawOptions options, DatabaseTopology topology, TeamRole teams, TimeProvider time, ILogger<DatabaseMigration> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="DatabaseUnavailableException">It cannot be had, or did not come up in time.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in options.DatabaseWarnings)
        {
            LogIgnored(logger, warning);
        }

        var started = time.GetTimestamp();
        var waiting = false;
        while (true)
        {
            try
            {
                await topology.LookAsync(cancellationToken);
                var ran = await DatabaseMigrator.MigrateAsync(options.DatabaseMigrationConnection, PrepareEngine, LogOther, cancellationToken);
                await GrantAsync(ran.Count > 0, cancellationToken);
                var outcome = ran.Count == 0 ? "up to date already" : $"migrated by {string.Join(", ", ran)}";
                var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
                LogMigrated(logger, outcome, milliseconds);
                if (topology is { IsPooled: true, HasSessions: false })
                {
                    LogPooled(logger);
                }

                return;
            }
            catch (Exception exception) when (PassesByItself(exception) && time.GetElapsedTime(started) < Patience)
            {
                if (!waiting)
                {
                    LogWaiting(logger, Host, exception.GetBaseException().Message);
                }

                waiting = true;
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception exception) when (IsOfConnection(exception))
            {
                throw new DatabaseUnavailableException(
                    $"The database at {Host} cannot be used: {exception.GetBaseException().Message.TrimEnd('.')}. DATABASE_URL (and DATABASE_DIRECT_URL, DATABASE_MIGRATION_URL) must name a PostgreSQL database that this machine reaches.{Encryption(exception)}", exception);
            }
        }
    }

    // Another role than the one that owns the schemas has what it was given.
    private async Task GrantAsync(bool migrated, CancellationToken cancellationToken)
    {
        var (owning, serving) = (new NpgsqlConnectionStringBuilder(options.DatabaseMigrationConnection).Username, new NpgsqlConnectionStringBuilder(options.DatabaseConnection).Username);
        if (serving is not null && serving != owning)
        {
            await ServingRole.GrantAsync(options.DatabaseMigrationConnection, serving, migrated, cancellationToken);
        }

        await teams.LookAsync(options.DatabaseConnection, cancellationToken);
        if (serving is not null && (migrated || !teams.IsThere) && await TeamRole.PrepareAsync(options.DatabaseMigrationConnection, serving, migrated, cancellationToken))
        {
            await teams.LookAsync(options.DatabaseConnection, cancellationToken);
        }

        if (!teams.IsThere)
        {
            LogNoTeams(logger, TeamRole.Name);
        }
    }

    private string Encryption(Exception exception) =>
        new NpgsqlConnectionStringBuilder(options.DatabaseMigrationConnection).SslMode is SslMode.VerifyFull && (IsOfEncryption(exception) || exception.GetBaseException().Message.Contains("SSL", StringComparison.Ordinal))
            ? " Off this machine the connection is encrypted and the server's certificate checked: sslrootcert=FILE in the URL names its authority, sslmode=require takes any certificate, sslmode=disable no encryption, on a network of your own."
            : "";

    private string Host => DatabaseUrl.Place(options.DatabaseMigrationConnection);

    // A wrong password, one that is missing, or a missing right is told at once.
    private static bool PassesByItself(Exception exception) =>
        DatabaseOutage.Of(exception) is { } trouble and not (DatabaseTrouble.Refused or DatabaseTrouble.Forbidden)
        && exception.GetBaseException() is PostgresException or not NpgsqlException { IsTransient: false }
        && !IsOfEncryption(exception);

    private static bool IsOfConnection(Exception exception) =>
        DatabaseOutage.Caused(exception) || exception is NpgsqlException || exception.GetBaseException() is NpgsqlException || IsOfEncryption(exception);

    // A certificate that is not trusted, or that cannot be read.
    private static bool IsOfEncryption(Exception exception) => exception.GetBaseException() is AuthenticationException or CryptographicException;

    private void PrepareEngine()
    {
        using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.DatabaseMigrationConnection) { Pooling = false }.ConnectionString);
        _ = new PostgreSqlStorage(new SharedConnections(dataSource), HangfireComposition.StorageOptions(prepareSchema: true));
    }

    private void LogOther() => LogOther(logger);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "The database is {Outcome} ({Milliseconds:0} ms).")]
    private static partial void LogMigrated(ILogger logger, string outcome, double milliseconds);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Waiting for the database at {Host}: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string host, string reason);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Information, Message = "Another process migrates the database; this one waits until it is done.")]
    private static partial void LogOther(ILogger logger);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogIgnored(ILogger logger, string warning);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Information, Message = "The database knows no role {Role} that this service may take: teams are kept apart by the service alone, without a second net in the database. docs/security.md, The database, says how to make it.")]
    private static partial void LogNoTeams(ILogger logger, string role);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "The database is reached through a pooler in transaction mode alone: the work of a process that died is taken over after 10 s instead of 3 s, and nodes hear of each other every few seconds. DATABASE_DIRECT_URL, the same database past the pooler, mends both.")]
    private static partial void LogPooled(ILogger logger);
}
