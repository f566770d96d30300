using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Dashboard.Support;

/// <summary>A running service and Debian's Chromium, signed in to its dashboard.</summary>
internal sealed class DashboardSite : IAsyncDisposable
{
    private static readonly Lazy<Task<DashboardSite>> Shared = new(() => StartAsync());

    private readonly IBrowser _browser;
    private readonly string _signedIn;

    private DashboardSite(IBrowser browser, RunningService service, ScriptedRuntime runtime, string signedIn) =>
        (_browser, Service, Runtime, _signedIn) = (browser, service, runtime, signedIn);

    public RunningService Service { get; }

    /// <summary>Serves <c>scripted/…</c>.</summary>
    public ScriptedRuntime Runtime { get; }

    /// <summary>One for all tests that look only at what they made themselves.</summary>
    public static Task<DashboardSite> GetAsync() => Shared.Value;

    public static Task<DashboardSite> StartAsync(params (string Name, string Value)[] settings) => StartAsync(_ => { }, settings);

    /// <summary>With more in the service's container than it has of its own.</summary>
    public static async Task<DashboardSite> StartAsync(Action<IServiceCollection> configure, params (string Name, string Value)[] settings)
    {
        var runtime = new ScriptedRuntime();
        var service = await RunningService.StartAsync(services => configure(services.AddSingleton<IAgentRuntime>(runtime)), settings: settings);
        var browser = await Chromium.GetAsync();
        return new(browser, service, runtime, await SignInAsync(browser, service));
    }

    /// <summary>A page that collects what its Content-Security-Policy and its scripts complain about, and where it asked.</summary>
    public async Task<Visit> OpenAsync(string path = "/", int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true, bool signedIn = true, string? timeZone = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Service.Address.ToString(),
            StorageState = signedIn ? _signedIn : null,
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            TimezoneId = timeZone,
        });
        return await OpenAsync(context, path);
    }

    /// <summary>From where a proxy with a certificate of its own serves it; not signed in.</summary>
    public async Task<Visit> OpenFromAsync(Uri proxy, string path) =>
        await OpenAsync(await _browser.NewContextAsync(new() { BaseURL = proxy.ToString(), IgnoreHTTPSErrors = true }), path);

    private static async Task<Visit> OpenAsync(IBrowserContext context, string path)
    {
        var visit = new Visit(await context.NewPageAsync());
        await visit.Page.GotoAsync(path);
        return visit;
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    internal static async Task StopSharedAsync()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    // Once: a service limits how often an address signs in.
    private static async Task<string> SignInAsync(IBrowser browser, RunningService service)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = service.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("Token").FillAsync(RunningService.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview", Level = 1 })).ToBeVisibleAsync();
        return await context.StorageStateAsync();
    }
}
