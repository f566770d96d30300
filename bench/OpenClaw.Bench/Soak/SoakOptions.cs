namespace OpenClaw.Bench.Soak;

/// <param name="Server">Connection string of a superuser of a PostgreSQL that holds nothing else.</param>
/// <param name="Heartbeats">Of agents on the whole service, instead of jobs on the engine alone.</param>
/// <param name="Duration">How long servers are killed under load.</param>
/// <param name="JudgesSpeed">Whether times are compared, which wants a machine that does nothing else.</param>
internal sealed record SoakOptions(string Server, bool Heartbeats, TimeSpan Duration, bool JudgesSpeed)
{
    public const string Database = "soak";
    public const int Servers = 3;

    /// <summary>Of a claimed job whose server is silent.</summary>
    public static readonly TimeSpan Invisibility = TimeSpan.FromSeconds(5);

    /// <summary>How much later than <see cref="Invisibility"/> orphaned work may start anew.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(4);

    public static SoakOptions Read(string[] arguments) => new(
        Arguments.FromEnvironment("BENCH_SERVER", "soak"),
        arguments.Contains("heartbeats"),
        arguments.Seconds(600),
        !arguments.Contains("--any-speed"));
}
