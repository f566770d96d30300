namespace OpenClaw.Tests.Support;

/// <summary>
/// The run's PostgreSQL: the one that OPENCLAW_TEST_DB names, else a throwaway one, started when the first test asks.
/// One that cannot be had fails every test that needs it; nothing is skipped.
/// </summary>
public static class TestServer
{
    private const int MaxConnections = 400;

    private static readonly Lazy<Task<PrivateCluster>> Cluster = new(() => PrivateCluster.CreateAsync(MaxConnections));

    public static async Task<string> ConnectionStringAsync() =>
        Environment.GetEnvironmentVariable("OPENCLAW_TEST_DB") is { Length: > 0 } configured
            ? DatabaseUrl.ToConnectionString(configured)
            : (await Cluster.Value).ConnectionString;

    internal static async Task StopAsync()
    {
        if (Cluster is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await Cluster.Value).DisposeAsync();
        }
    }
}
