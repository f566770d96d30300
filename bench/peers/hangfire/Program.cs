using System.Globalization;
using System.Text.Json;
using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;
using OpenClaw.Bench.Engine;

// Plain Hangfire at the same work: five empty steps as a job and its continuations, and single jobs.
const int inFlight = 64;
var warmup = Milliseconds("BENCH_WARMUP_MS");
var load = Milliseconds("BENCH_LOAD_MS");
// Some take a second, where a waiter finds its parent's lock held.
var singles = Math.Min(50, int.Parse(Environment.GetEnvironmentVariable("BENCH_SINGLES")!, CultureInfo.InvariantCulture));

await using var source = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("BENCH_CONNECTION")!);
GlobalConfiguration.Configuration
    .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
    .UseSimpleAssemblyNameTypeSerializer()
    .UseRecommendedSerializerSettings();
var storage = new PostgreSqlStorage(new Connections(source), new PostgreSqlStorageOptions
{
    QueuePollInterval = TimeSpan.FromMilliseconds(200),
    InvisibilityTimeout = TimeSpan.FromSeconds(30),
    UseSlidingInvisibilityTimeout = true,
    DistributedLockTimeout = TimeSpan.FromSeconds(10),
});
using var server = new BackgroundJobServer(
    new BackgroundJobServerOptions { WorkerCount = 20, SchedulePollingInterval = TimeSpan.FromSeconds(1) }, storage);
var jobs = new PlainJobs(new BackgroundJobClient(storage));

var perSecond = await Load.FullAsync(jobs.ChainAsync, inFlight, warmup, load);
var alone = await Load.OneAtATimeAsync(jobs.ChainAsync, singles);
var jobsPerSecond = await Load.FullAsync(jobs.OneAsync, inFlight, warmup, load);
Console.WriteLine(JsonSerializer.Serialize(
    new { Version = Version(), PerSecond = perSecond, alone.P50, alone.P99, JobsPerSecond = jobsPerSecond }, JsonSerializerOptions.Web));

static TimeSpan Milliseconds(string name) =>
    TimeSpan.FromMilliseconds(double.Parse(Environment.GetEnvironmentVariable(name)!, CultureInfo.InvariantCulture));

static string Version() =>
    typeof(BackgroundJobClient).Assembly.GetName().Version!.ToString(3);

internal sealed class Connections(NpgsqlDataSource source) : IConnectionFactory
{
    public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
}
