namespace OpenClaw.Tests.Web.Support;

/// <summary>One service for the tests that look only at what they made themselves.</summary>
public static class SharedService
{
    private static readonly Lazy<Task<RunningService>> Service = new(() => RunningService.StartAsync());

    public static Task<RunningService> GetAsync() => Service.Value;

    internal static async Task StopAsync()
    {
        if (Service.IsValueCreated)
        {
            await (await Service.Value).DisposeAsync();
        }
    }
}
