using Microsoft.Playwright;

namespace OpenClaw.Tests.Compat.Dashboard;

/// <summary>Debian's Chromium on a dashboard that has something on each of its pages.</summary>
internal sealed class BrowserFixture : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserFixture(IPlaywright playwright, IBrowser browser, DashboardHost host) =>
        (_playwright, _browser, Host) = (playwright, browser, host);

    public DashboardHost Host { get; }

    public static async Task<BrowserFixture> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = FindChromium(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(playwright, browser, await DashboardHost.StartAsync(options => options.StatsPollingInterval = 100));
    }

    /// <summary>A page that collects what its Content-Security-Policy and its scripts complain about.</summary>
    public async Task<BrowserPage> OpenAsync()
    {
        var context = await _browser.NewContextAsync(new() { BaseURL = Host.Address, ViewportSize = new() { Width = 1200, Height = 900 } });
        var page = await context.NewPageAsync();
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        await page.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))");
        return new(page, complaints);
    }

    internal sealed record BrowserPage(IPage Page, List<string> Complaints) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Host.DisposeAsync();
    }

    private static string FindChromium() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(directory => (string[])[Path.Combine(directory, "chromium"), Path.Combine(directory, "chromium-browser"), Path.Combine(directory, "google-chrome")])
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium on the PATH: install Debian's package chromium.");
}
