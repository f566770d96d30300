namespace OpenClaw.Bench.Soak;

/// <param name="Server">Connection string of a superuser of a PostgreSQL that holds nothing else.</param>
/// <param name="Turns">At once.</param>
/// <param name="Duration">How long the model speaks in each.</param>
/// <param name="Kills">Of services, within that time.</param>
internal sealed record TurnSoakOptions(string Server, int Turns, TimeSpan Duration, int Kills)
{
    public const string Database = "soak_turns";

    public static TurnSoakOptions Read(string[] arguments) => new(
        Arguments.FromEnvironment("BENCH_SERVER", "soak"),
        arguments.NumberOf("--turns", 200),
        arguments.Seconds(60),
        arguments.NumberOf("--kills", 6));
}
