using System.Globalization;
using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Npgsql;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Jobs.Workflows.Execution;

namespace OpenClaw.Web.Hosting;

/// <summary>
/// Hangfire as we run it. Storage and filters come from the container and not from Hangfire's statics, so that two
/// applications in one process (tests) stay apart.
/// </summary>
internal static class HangfireComposition
{
    /// <summary>Of each process.</summary>
    public const int Servers = 3;

    private const string Schema = "hangfire";
    private const int MaxWorkers = 16;

    // These wait for agents more than they work: each agent that hangs holds one until its time is up.
    private const int PatientWorkers = 48;

    // Left of those when one provider of models takes all the turns that it may.
    private const int SpareWorkers = 32;

    // Left for requests, heartbeats and recovery when every worker holds a connection.
    private const int SpareConnections = 4;

    // Of requests and of the servers' own loops.
    private const int SpareThreads = 32;

    public static void AddHangfireEngine(this IServiceCollection services, OpenClawOptions options)
    {
        var patientWorkers = Math.Max(PatientWorkers, options.ModelConcurrency + SpareWorkers);

        // Hangfire's client holds its thread for a round trip, and while it waits for a connection. With fewer threads than
        // workers, those that wait leave none to the ones that have a connection: for 200 agents that nothing moved for 15 s.
        ThreadPool.GetMinThreads(out _, out var completionThreads);
        ThreadPool.SetMinThreads(MaxWorkers + 2 * patientWorkers + SpareThreads, completionThreads);
        services.AddSingleton<JobStorage>(provider => new PostgreSqlStorage(
            new SharedConnections(provider.GetRequiredService<NpgsqlDataSource>()), StorageOptions(listen: !options.DatabaseIsPooled))
            {
                // The history is the ledger's.
                JobExpirationTimeout = TimeSpan.FromHours(6),
            });
        services.AddSingleton<IJobFilterProvider>(provider => new JobFilterProviderCollection(
            GlobalJobFilters.Filters, new JobFilterAttributeFilterProvider(), new JobFilterCollection { provider.GetRequiredService<StepOutcomeFilter>() }));
        services.AddHangfire((provider, configuration) => configuration
            .UseStorage(provider.GetRequiredService<JobStorage>())
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseDefaultCulture(CultureInfo.InvariantCulture, false)
            .UseRecommendedSerializerSettings());
        services.AddQueues(Math.Clamp(options.DatabasePoolSize - SpareConnections, 1, MaxWorkers), Queues.Agents, Queues.Default);
        services.AddQueues(patientWorkers, Queues.Heartbeats);
        services.AddQueues(patientWorkers, Queues.Messages);
    }

    // A server for each kind of work: agents that hang hold workers of their own kind only.
    private static void AddQueues(this IServiceCollection services, int workers, params string[] queues) =>
        services.AddHangfireServer((provider, server) =>
        {
            // Hangfire cuts what follows the last part of a server's id: with it, recovery knows whose work a job was.
            server.ServerName = provider.GetRequiredService<ExecutorIdentity>().Id;
            server.Queues = queues;
            server.WorkerCount = workers;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.HeartbeatInterval = TimeSpan.FromSeconds(10);
            server.ServerTimeout = TimeSpan.FromMinutes(1);
            server.ServerCheckInterval = TimeSpan.FromSeconds(30);
            server.CancellationCheckInterval = TimeSpan.FromSeconds(1);
            server.StopTimeout = TimeSpan.FromSeconds(1);
            server.ShutdownTimeout = TimeSpan.FromSeconds(15);
        });

    public static PostgreSqlStorageOptions StorageOptions(bool prepareSchema = false, bool listen = false) => new()
    {
        SchemaName = Schema,
        PrepareSchemaIfNecessary = prepareSchema,
        EnableTransactionScopeEnlistment = true,
        UseSlidingInvisibilityTimeout = true,
        EnableLongPolling = listen,
        InvisibilityTimeout = TimeSpan.FromSeconds(30),
        QueuePollInterval = TimeSpan.FromMilliseconds(200),
        DistributedLockTimeout = TimeSpan.FromMinutes(1),
    };
}
