using Microsoft.Playwright;
using OpenClaw.Tests.Dashboard.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

public sealed class PagesTests
{
    private static readonly string[] Paths =
    [
        "/", "/dashboard/nothing-here", "/dashboard/agents", "/dashboard/agents/new", "/dashboard/agents?q=no-such-agent", "/dashboard/workflows", "/dashboard/workflows?q=nothing-like-this", "/dashboard/workflows/figures",
        "/dashboard/messages", "/dashboard/messages?state=dead", "/dashboard/notices", "/dashboard/notices/rules", "/dashboard/contacts", "/dashboard/inbox", "/dashboard/commands", "/dashboard/devices", "/dashboard/spending", "/dashboard/spending?by=model", "/dashboard/brakes", "/dashboard/schedules", "/dashboard/search", "/dashboard/search?q=settings", "/dashboard/health", "/dashboard/audit", "/dashboard/settings", "/dashboard/errors", "/dashboard/api", "/no-such-address", "/?range=1h",
    ];

    // A browser's page for each look goes from path to path, as a person's does; a new one costs more than what is looked at.
    private static Visit _wide = null!;
    private static Visit _narrow = null!;

    [OneTimeSetUp]
    public static async Task Open()
    {
        var site = await DashboardSite.GetAsync();
        _wide = await site.OpenAsync();
        _narrow = await site.OpenAsync(width: 390, scheme: ColorScheme.Dark);
    }

    [OneTimeTearDown]
    public static async Task Close()
    {
        await _wide.DisposeAsync();
        await _narrow.DisposeAsync();
    }

    [TestCaseSource(nameof(Paths))]
    public async Task Every_page_is_accessible_fits_and_keeps_its_content_security_policy(string path)
    {
        foreach (var visit in (Visit[])[_wide, _narrow])
        {
            await visit.GoAsync(path);

            await visit.AssertSoundAsync($"{path} {visit.Page.ViewportSize!.Width}");

            // A page that answers 404 is itself reported as a failed resource.
            Assert.That(visit.Complaints.Where(text => !text.Contains("404", StringComparison.Ordinal)), Is.Empty);
            Assert.That(visit.Hosts, Is.EqualTo(new[] { (await DashboardSite.GetAsync()).Service.Address.Authority }));
        }
    }

    [Test]
    public async Task A_page_says_what_it_may_do_and_is_not_kept()
    {
        var site = await DashboardSite.GetAsync();

        using var answer = await site.Service.Api.GetAsync("/");

        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'").And.Contain("script-src 'self';").And.Not.Contain("unsafe"));
        Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
    }

    [TestCase(1280)]
    [TestCase(1920)]
    [TestCase(3840)]
    public async Task The_head_and_the_page_begin_and_end_at_the_same_edges(int width)
    {
        await using var visit = await (await DashboardSite.GetAsync()).OpenAsync("/dashboard/agents", width);

        var brand = (await visit.Page.Locator(".brand").BoundingBoxAsync())!;
        var side = (await visit.Page.Locator(".side").BoundingBoxAsync())!;
        var signOut = (await visit.Link("Sign out").BoundingBoxAsync())!;
        var main = (await visit.Page.Locator("main").BoundingBoxAsync())!;

        Assert.That(brand.X, Is.EqualTo(side.X).Within(1));
        Assert.That(signOut.X + signOut.Width, Is.EqualTo(main.X + main.Width).Within(1));
    }

    [Test]
    public async Task Colours_and_rows_are_remembered()
    {
        await using var visit = await (await DashboardSite.GetAsync()).OpenAsync("/");

        await visit.Page.GetByText("Appearance").ClickAsync();
        await visit.Page.GetByLabel("Colours").SelectOptionAsync("dark");
        await visit.Page.GetByLabel("Rows").SelectOptionAsync("compact");
        await visit.Button("Apply").ClickAsync();

        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-density", "compact");
        await Expect(visit.Heading("Overview")).ToBeVisibleAsync();

        await visit.Page.GotoAsync("/dashboard/agents");
        await visit.Page.GetByText("Appearance").ClickAsync();
        await visit.Page.GetByLabel("Model", new() { Exact = true }).UncheckAsync();
        await visit.AssertSoundAsync("the choice of columns");
        await visit.Button("Apply").ClickAsync();
        await visit.Page.GetByText("Appearance").ClickAsync();
        await Expect(visit.Page.GetByLabel("Model", new() { Exact = true })).Not.ToBeCheckedAsync();
        await Expect(visit.Page.Locator("thead a", new() { HasText = "Model" })).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    // As scripts/bench measures it.
    [Test]
    public async Task A_first_visit_loads_less_than_100_KiB()
    {
        var api = (await DashboardSite.GetAsync()).Service.Api;
        var page = await api.GetStringAsync("/");
        var bytes = System.Text.Encoding.UTF8.GetByteCount(page);
        foreach (var address in System.Text.RegularExpressions.Regex.Matches(page, """(?:src|href)="(/dashboard/assets/[^"]*)""").Select(asset => asset.Groups[1].Value).Distinct())
        {
            bytes += (await api.GetByteArrayAsync(address)).Length;
        }

        TestContext.Out.WriteLine($"{bytes / 1024.0:0.0} KiB");
        Assert.That(bytes, Is.LessThan(100 * 1024));
    }

    [Test]
    public async Task One_box_finds_agents_pages_and_commands_from_the_keyboard()
    {
        var site = await DashboardSite.GetAsync();
        await Web.Support.ApiCalls.ProvisionAsync(site.Service.Api, "Found by name");
        await using var visit = await site.OpenAsync("/dashboard/health");
        var page = visit.Page;

        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator("#find")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("pause found by name");
        await Expect(page.Locator("#finds").GetByRole(AriaRole.Button)).ToHaveTextAsync("Do it: pause found by name");
        await visit.AssertSoundAsync("what is found");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#finds")).ToBeHiddenAsync();

        await page.Locator("#find").FillAsync("found by");
        await Expect(page.Locator("#finds .choice")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(visit.Heading("Found by name")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("w");
        await Expect(visit.Heading("Workflows")).ToBeVisibleAsync();

        await page.Locator("#find").FillAsync("setti");
        await page.Keyboard.PressAsync("Enter");
        await Expect(visit.Heading("Find")).ToBeVisibleAsync();
        await Expect(page.Locator("#found .choice")).ToHaveTextAsync(["Settings"]);
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Keys_and_questions_are_dialogs_that_Escape_closes()
    {
        var site = await DashboardSite.GetAsync();
        var agent = await Web.Support.ApiCalls.ProvisionAsync(site.Service.Api, "Asked about");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{agent}");
        var page = visit.Page;

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToContainTextAsync("g w");
        await visit.AssertSoundAsync("the keys");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#keys")).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await page.Locator("details.confirm > summary", new() { HasTextString = "Stop…" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Stop" })).ToBeVisibleAsync();
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('dialog:modal').length"), Is.EqualTo(1));
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("details.confirm > summary", new() { HasTextString = "Stop…" }).First).ToBeFocusedAsync();
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task The_job_dashboard_is_one_click_away_with_the_same_sign_in()
    {
        await using var visit = await (await DashboardSite.GetAsync()).OpenAsync("/");

        await visit.Page.GetByRole(AriaRole.Navigation).GetByText("Hangfire").ClickAsync();

        await Expect(visit.Heading("Overview")).ToBeVisibleAsync();
        Assert.That(visit.Page.Url, Does.Contain("/hangfire"));

        // Its icon is a part of the link's name.
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Back to site" }).ClickAsync();
        await Expect(visit.Link("New agent")).ToBeVisibleAsync();
    }
}
