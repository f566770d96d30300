namespace OpenClaw.Bench.Fuzz;

/// <param name="Server">Connection string of a superuser of a PostgreSQL that holds nothing else.</param>
/// <param name="Frames">To the gateway.</param>
/// <param name="Requests">To the REST API and what is beside it.</param>
/// <param name="Seed">The same one makes the same frames and requests, though not in the same order.</param>
internal sealed record FuzzOptions(string Server, int Frames, int Requests, int Seed)
{
    public const string Database = "fuzz";

    public static FuzzOptions Read(string[] arguments) => new(
        Arguments.FromEnvironment("BENCH_SERVER", "soak"),
        arguments.NumberOf("--frames", 1_000_000),
        arguments.NumberOf("--requests", 100_000),
        arguments.NumberOf("--seed", Environment.TickCount & 0xFFFF));
}
