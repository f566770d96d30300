using Hangfire.PostgreSql;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Jobs.Workflows;

namespace OpenClaw.Web.Hosting;

/// <summary>Brings the database, the engine's schema included, to this version before anything uses it.</summary>
internal sealed partial class DatabaseMigration(OpenClawOptions options, TimeProvider time, ILogger<DatabaseMigration> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="DatabaseUnavailableException">It cannot be had, or did not come up in time.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var waiting = false;
        while (true)
        {
            try
            {
                var ran = await DatabaseMigrator.MigrateAsync(options.DatabaseDirectConnection, PrepareEngine, cancellationToken);
                var outcome = ran.Count == 0 ? "up to date already" : $"migrated by {string.Join(", ", ran)}";
                var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
                LogMigrated(logger, outcome, milliseconds);
                return;
            }
            catch (Exception exception) when (DatabaseOutage.Caused(exception) && time.GetElapsedTime(started) < Patience)
            {
                if (!waiting)
                    LogWaiting(logger, Host, exception.GetBaseException().Message);

                waiting = true;
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception exception) when (DatabaseOutage.Caused(exception) || exception.GetBaseException() is NpgsqlException)
            {
                throw new DatabaseUnavailableException(
                    $"The database at {Host} cannot be used: {exception.GetBaseException().Message.TrimEnd('.')}. DATABASE_URL (and DATABASE_DIRECT_URL) must name a PostgreSQL database that this machine reaches.", exception);
            }
        }
    }

    private string Host => DatabaseUrl.Place(options.DatabaseDirectConnection);

    private void PrepareEngine()
    {
        using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.DatabaseDirectConnection) { Pooling = false }.ConnectionString);
        _ = new PostgreSqlStorage(new SharedConnections(dataSource), HangfireComposition.StorageOptions(prepareSchema: true));
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "The database is {Outcome} ({Milliseconds:0} ms).")]
    private static partial void LogMigrated(ILogger logger, string outcome, double milliseconds);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Waiting for the database at {Host}: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string host, string reason);
}
