using Microsoft.Playwright;

namespace OpenClaw.Tests.Dashboard.Support;

/// <summary>Debian's Chromium, without a window: one for the run, in which each visit has a context of its own.</summary>
internal static class Chromium
{
    private static readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> Launched = new(LaunchAsync);

    public static async Task<IBrowser> GetAsync() => (await Launched.Value).Browser;

    internal static async Task StopAsync()
    {
        if (Launched.IsValueCreated)
        {
            var (playwright, browser) = await Launched.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    // The first of them does half the work of the others: it is Chromium without what draws windows.
    private static string Find() =>
        (from name in (string[])["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
         from directory in Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
         select Path.Combine(directory, name)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium on the PATH: install Debian's package chromium-headless-shell.");
}
