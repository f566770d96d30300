namespace OpenClaw.Bench.Soak;

/// <param name="Server">Connection string of a superuser of a PostgreSQL that holds nothing else.</param>
/// <param name="Rate">Requests a second, each in a transaction of its own.</param>
/// <param name="Duration">How long it is asked.</param>
/// <param name="Kills">Of services, within that time.</param>
internal sealed record SqlSoakOptions(string Server, int Rate, TimeSpan Duration, int Kills)
{
    public const string Database = "soak_sql";

    public static SqlSoakOptions Read(string[] arguments) => new(
        Arguments.FromEnvironment("BENCH_SERVER", "soak"),
        arguments.NumberOf("--rate", 500),
        arguments.Seconds(60),
        arguments.NumberOf("--kills", 6));
}
