using System.Globalization;

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
        int.Parse(arguments.ValueOf("--turns") ?? "200", CultureInfo.InvariantCulture),
        TimeSpan.FromSeconds(double.Parse(arguments.ValueOf("--seconds") ?? "60", CultureInfo.InvariantCulture)),
        int.Parse(arguments.ValueOf("--kills") ?? "6", CultureInfo.InvariantCulture));
}
