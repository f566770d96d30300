using System.Globalization;
using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Bench.Soak;

/// <summary>The engine as the soak's processes use it, and the table in which its jobs leave their trace.</summary>
internal static class SoakEngine
{
    public const string CreateRunsSql = "CREATE TABLE runs (chain integer NOT NULL, step integer NOT NULL, at timestamptz NOT NULL DEFAULT now())";

    public static NpgsqlDataSource Open(SoakOptions options) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.Server)
    {
        Database = SoakOptions.Database,
        MaxPoolSize = 20,
        MaxAutoPrepare = 50,
    }.ConnectionString);

    /// <summary>Hangfire's storage as the service has it.</summary>
    public static WorkflowStorage Storage(NpgsqlDataSource source, SessionLocks locks)
    {
        JobTypes.Allow(typeof(SoakJobs));
        GlobalConfiguration.Configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseDefaultCulture(CultureInfo.InvariantCulture, false);
        return new WorkflowStorage(
            new Connections(source), new PostgreSqlStorageOptions { InvisibilityTimeout = SoakOptions.Invisibility, UseSlidingInvisibilityTimeout = true }, locks);
    }

    /// <summary>Runs a server until its process is killed, or the one that started it is gone and with it the other end of its input.</summary>
    public static async Task ServeAsync(SoakOptions options)
    {
        await using var source = Open(options);
        SoakJobs.Source = source;
        using var locks = Locks(options);
        using var storage = Storage(source, locks);
        using var server = new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                WorkerCount = 10,
                SchedulePollingInterval = TimeSpan.FromSeconds(1),
                HeartbeatInterval = TimeSpan.FromSeconds(1),
                ServerTimeout = TimeSpan.FromSeconds(5),
                ServerCheckInterval = TimeSpan.FromSeconds(5),
                CancellationCheckInterval = TimeSpan.FromSeconds(1),
            },
            storage);
        await Console.In.ReadToEndAsync();
    }

    /// <summary>A session for locks of a process's own.</summary>
    public static SessionLocks Locks(SoakOptions options) => new(
        new NpgsqlConnectionStringBuilder(options.Server) { Database = SoakOptions.Database }.ConnectionString, new ExecutorIdentity($"soak:{Environment.ProcessId}"));

    private sealed class Connections(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}

/// <summary>Called by Hangfire.</summary>
public static class SoakJobs
{
    internal static NpgsqlDataSource Source { get; set; } = null!;

    /// <summary>Leaves a row, and is under way for a moment, so that kills find work under way.</summary>
    public static async Task StepAsync(int chain, int step, CancellationToken cancellationToken)
    {
        await using var command = Source.CreateCommand("INSERT INTO runs (chain, step) VALUES ($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chain });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = step });
        await command.ExecuteNonQueryAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(chain % 20 * 5), cancellationToken);
    }
}
