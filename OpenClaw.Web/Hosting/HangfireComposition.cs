using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Npgsql;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Web.Hosting;

/// <summary>
/// Hangfire as we run it. Storage and filters come from the container and not from Hangfire's statics, so that two
/// applications in one process (tests) stay apart.
/// </summary>
internal static class HangfireComposition
{
    private const string Schema = "hangfire";

    // Of chained steps and maintenance; two cores are busy with fewer, the rest is for steps that wait for a runtime.
    private const int ChainWorkers = 12;

    public static void AddHangfireEngine(this IServiceCollection services, OpenClawOptions options)
    {
        // Locks that end with their session need a session of one's own, which a pooler in transaction mode does not give: then there are none.
        services.AddSingleton<SessionLocks>(provider => provider.GetRequiredService<DatabaseTopology>().HasSessions
            ? new SessionLocks(options.DatabaseDirectConnection, provider.GetRequiredService<ExecutorIdentity>())
            : null!);

        services.AddSingleton<JobStorage>(provider => new WorkflowStorage(
            new SharedConnections(provider.GetRequiredService<NpgsqlDataSource>()), StorageOptions(), provider.GetService<SessionLocks>())
        {
            // The history is the ledger's.
            JobExpirationTimeout = TimeSpan.FromHours(6),
        });
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));

        // Hangfire's own among them, and not its static list of them: whoever configures another one in the process changes that while jobs are created.
        services.AddSingleton<IJobFilterProvider>(provider => new JobFilterProviderCollection(
            new JobFilterAttributeFilterProvider(),
            new JobFilterCollection { new AutomaticRetryAttribute(), new StatisticsHistoryAttribute(), new ContinuationsSupportAttribute(), provider.GetRequiredService<StepOutcomeFilter>() }));
        services.AddHangfire((provider, configuration) => configuration
            .UseLogProvider(new HangfireLog(provider.GetRequiredService<ILoggerFactory>()))
            .UseStorage(provider.GetRequiredService<JobStorage>())
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseTypeSerializer(JobTypes.NameOf)
            .UseTypeResolver(JobTypes.Resolve)
            .UseRecommendedSerializerSettings());
        services.AddHangfireServer((provider, server) =>
        {
            // Hangfire cuts what follows the last part of a server's id: with it, recovery knows whose work a job was.
            server.ServerName = provider.GetRequiredService<ExecutorIdentity>().Id;
            server.Queues = Queues.All;
            server.WorkerCount = ChainWorkers + JobFetcher.ReservedForRunners;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.HeartbeatInterval = TimeSpan.FromSeconds(10);
            server.ServerTimeout = TimeSpan.FromMinutes(1);
            server.ServerCheckInterval = TimeSpan.FromSeconds(30);
            server.CancellationCheckInterval = TimeSpan.FromSeconds(1);
            server.StopTimeout = TimeSpan.FromSeconds(1);
            server.ShutdownTimeout = TimeSpan.FromSeconds(15);
        });
    }

    public static PostgreSqlStorageOptions StorageOptions(bool prepareSchema = false) => new()
    {
        SchemaName = Schema,
        PrepareSchemaIfNecessary = prepareSchema,
        EnableTransactionScopeEnlistment = true,
        UseSlidingInvisibilityTimeout = true,
        InvisibilityTimeout = TimeSpan.FromSeconds(30),

        // Hangfire's own would have each worker open a connection besides the pool's.
        EnableLongPolling = false,

        // Of locks that are rows, behind a pooler: those of a killed process stand in the way for so long.
        DistributedLockTimeout = TimeSpan.FromSeconds(15),
    };
}
