namespace OpenClaw.Bench;

/// <summary>What the script hands over. Paths and addresses come from the environment, choices from the arguments.</summary>
/// <param name="Server">Connection string of a superuser of a PostgreSQL that holds nothing else.</param>
/// <param name="Pgbench">Path of the program.</param>
/// <param name="DbosPeer">Folder of the DBOS peer with its packages installed; null leaves it out.</param>
/// <param name="HangfirePeer">The built peer on Hangfire's packages; null leaves it out.</param>
/// <param name="Web">The service as scripts/run builds it; null leaves its start out.</param>
/// <param name="Quick">Shorter runs and smaller tables: two minutes in all, with more noise.</param>
/// <param name="Json">Where the figures go as JSON; null for nowhere.</param>
internal sealed record BenchOptions(string Server, string Pgbench, string? DbosPeer, string? HangfirePeer, string? Web, bool Quick, string? Json)
{
    public TimeSpan Load => TimeSpan.FromSeconds(Quick ? 6 : 15);

    public TimeSpan Warmup => TimeSpan.FromSeconds(Quick ? 3 : 5);

    /// <summary>Before the first phase: the compiler goes on for that long under full load.</summary>
    public TimeSpan FirstWarmup => TimeSpan.FromSeconds(Quick ? 15 : 30);

    /// <summary>Of a service under load.</summary>
    public int Kills => Quick ? 5 : 30;

    public int Singles => Quick ? 200 : 500;

    /// <summary>Finished runs in the tables when the cost of history is measured.</summary>
    public int[] Histories => Quick ? [100_000] : [10_000, 100_000, 1_000_000];

    /// <summary>Runs of one agent that wait when it is measured what others notice.</summary>
    public int[] Lines => Quick ? [0, 100_000] : [0, 10_000, 100_000, 1_000_000];

    /// <summary>Agents in the tables when pages and queries are measured, ten times as many each time.</summary>
    public int[] Sizes => Quick ? [1_000, 10_000] : [1_000, 10_000, 100_000];

    public static BenchOptions Read(string[] arguments) => new(
        Arguments.FromEnvironment("BENCH_SERVER", "bench"),
        Arguments.FromEnvironment("BENCH_PGBENCH", "bench"),
        Environment.GetEnvironmentVariable("BENCH_DBOS"),
        Environment.GetEnvironmentVariable("BENCH_HANGFIRE"),
        Environment.GetEnvironmentVariable("BENCH_WEB"),
        arguments.Contains("--quick"),
        arguments.ValueOf("--json"));
}
