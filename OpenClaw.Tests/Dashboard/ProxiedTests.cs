using Microsoft.Playwright;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>The dashboard in Chromium, past a proxy that speaks TLS and serves us below a sub-path.</summary>
public sealed class ProxiedTests
{
    private static DashboardSite _site = null!;

    // Where PUBLIC_BASE_URL points is no matter to a browser: all links are paths.
    [OneTimeSetUp]
    public static async Task Start() => _site = await DashboardSite.StartAsync(("PUBLIC_BASE_URL", "https://claw.example/claw"));

    [OneTimeTearDown]
    public static async Task Stop() => await _site.DisposeAsync();

    [TestCase("takes the path off and tells", true, "X-Forwarded-Proto=https", "X-Forwarded-Prefix=/claw", "X-Forwarded-For=203.0.113.7")]
    [TestCase("passes the path on", false, "X-Forwarded-Proto=https")]
    [TestCase("takes the path off and tells nothing", true)]
    public async Task Sign_in_pages_live_news_and_jobs_work(string proxy, bool strips, params string[] headers)
    {
        await using var tls = await TlsProxy.StartAsync(_site.Service.Address, "/claw", strips, [.. headers.Select(header => (header.Split('=')[0], header.Split('=')[1]))]);
        await using var visit = await _site.OpenFromAsync(tls.Address, "/claw/dashboard/agents");
        var requests = new List<Uri>();
        visit.Page.Request += (_, request) => requests.Add(new Uri(request.Url));

        await visit.Page.GetByLabel("Token").FillAsync(RunningService.Token);
        await visit.Button("Sign in").ClickAsync();
        await Expect(visit.Heading("Agents")).ToBeVisibleAsync();
        await _site.Service.Api.ProvisionAsync($"a first one, {proxy}");
        await visit.Page.ReloadAsync();
        Assert.That(await visit.Page.Locator("header.top").EvaluateAsync<string>("top => getComputedStyle(top).display"), Is.EqualTo("flex"), "the style sheet");
        Assert.That((await visit.Page.Context.CookiesAsync()).Where(cookie => cookie.Name.StartsWith("openclaw.", StringComparison.Ordinal)), Is.Not.Empty.And.All.Matches<BrowserContextCookiesResult>(cookie => cookie is { Secure: true, Path: "/claw" }));

        await _site.Service.Api.ProvisionAsync($"news, {proxy}");
        await Expect(visit.Page.Locator("#agents")).ToContainTextAsync($"news, {proxy}");

        await visit.Link($"news, {proxy}").ClickAsync();
        await visit.Button("Pause").ClickAsync();
        await Expect(visit.Page.Locator("p.notice")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Navigation).GetByText("Hangfire").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Recurring Jobs" }).First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Back to site" }).ClickAsync();
        await Expect(visit.Heading("Overview")).ToBeVisibleAsync();
        await visit.Link("Sign out").ClickAsync();
        await visit.Button("Sign out").ClickAsync();
        await Expect(visit.Page.GetByLabel("Token")).ToBeVisibleAsync();

        Assert.That(requests.Select(address => address.AbsolutePath), Is.All.StartsWith("/claw/"));
        Assert.That(visit.Hosts, Is.EqualTo(new[] { tls.Address.Authority }));
        Assert.That(visit.Complaints, Is.Empty);
    }
}
