namespace OpenClaw.Bench.Strangers;

/// <param name="Server">Connection string of a superuser of a PostgreSQL that holds nothing else.</param>
/// <param name="Duration">How long strangers come.</param>
/// <param name="JudgesSpeed">Whether times are compared, which wants a machine that does nothing else.</param>
internal sealed record StrangerOptions(string Server, TimeSpan Duration, bool JudgesSpeed)
{
    public const string Database = "strangers";

    public static StrangerOptions Read(string[] arguments) => new(
        Arguments.FromEnvironment("BENCH_SERVER", "soak"),
        arguments.Seconds(30),
        !arguments.Contains("--any-speed"));
}
