using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

public sealed class AgentStoryTests
{
    [TestCase(1280, ColorScheme.Light)]
    [TestCase(390, ColorScheme.Dark)]
    public async Task An_agent_is_created_talked_to_paused_and_resumed_without_a_reload(int width, ColorScheme scheme)
    {
        await using var visit = await (await DashboardSite.GetAsync()).OpenAsync("/", width, scheme);
        var page = visit.Page;
        await visit.Link("New agent").ClickAsync();
        await page.GetByLabel("Name").FillAsync("Ada");
        await page.GetByLabel("Model").FillAsync("local/echo");
        await page.GetByLabel("Checklist").FillAsync("inbox\ncalendar");
        await visit.Button("Create and start").ClickAsync();
        await Expect(visit.Heading("Ada")).ToBeVisibleAsync();
        await Expect(State(page, "running")).ToBeVisibleAsync();

        await SayAsync(visit, "hello");
        await Expect(page.Locator(".talk")).ToContainTextAsync("echo (no model behind this): hello");

        await visit.Button("Pause").ClickAsync();
        await Expect(State(page, "paused")).ToBeVisibleAsync();
        await SayAsync(visit, "are you there?");
        var parked = page.Locator(".talk li.own", new() { HasText = "are you there?" });
        await Expect(parked.Locator(".state")).ToHaveTextAsync("parked");

        await visit.Button("Resume").ClickAsync();
        await Expect(State(page, "running")).ToBeVisibleAsync();
        await Expect(parked.Locator(".state")).ToHaveTextAsync("delivered");
        await Expect(page.Locator(".talk")).ToContainTextAsync("echo (no model behind this): are you there?");

        await visit.Button("Beat now").ClickAsync();
        await visit.Link("Heartbeats").ClickAsync();
        await Expect(page.Locator("#heartbeats tbody tr").First).ToContainTextAsync("inbox");
        await visit.Link("Checkpoints").ClickAsync();
        await Expect(page.Locator("#checkpoints tbody tr")).ToHaveCountAsync(1);
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task The_same_works_without_script()
    {
        await using var visit = await (await DashboardSite.GetAsync()).OpenAsync("/dashboard/agents/new", script: false);
        var page = visit.Page;
        await page.GetByLabel("Name").FillAsync("Plain");
        await page.GetByLabel("Model").FillAsync("local/echo");
        await visit.Button("Create and start").ClickAsync();
        await Expect(visit.Heading("Plain")).ToBeVisibleAsync();
        await Expect(page.Locator("p.notice")).ToHaveTextAsync(new Regex(@"^Plain (?:was told to start|is running)\.$"));
        await WithReloadsAsync(page, State(page, "running"));

        await page.GetByLabel("Message").FillAsync("hello");
        await visit.Button("Send").ClickAsync();
        await WithReloadsAsync(page, page.GetByText("echo (no model behind this): hello"));
        await visit.Button("Pause").ClickAsync();
        await Expect(page.Locator("p.notice")).ToHaveTextAsync(new Regex(@"^Plain (?:was told to pause|is paused)\.$"));
        await WithReloadsAsync(page, State(page, "paused"));
        await visit.ConfirmAsync("Stop");
        await WithReloadsAsync(page, State(page, "stopped"));
    }

    [Test]
    public async Task What_is_said_of_an_agent_never_contradicts_its_state()
    {
        var site = await DashboardSite.GetAsync();
        await using var visit = await site.OpenAsync("/dashboard/agents/new");
        await CreateAsync(visit, "Unstartable", "nobody/knows", "{}");
        await Expect(State(visit.Page, "failed")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("p.notice")).ToHaveTextAsync(new Regex("^Unstartable (?:was told to start|could not be started)"));

        await using var plain = await site.OpenAsync("/dashboard/agents/new", script: false);
        await CreateAsync(plain, "Slow starter", "local/echo", """{"connect_delay_ms":20000}""");
        await Expect(plain.Page.Locator("p.notice")).ToHaveTextAsync("Slow starter was told to start.");
        await Expect(State(plain.Page, "provisioning")).ToBeVisibleAsync();
    }

    [Test]
    public async Task What_is_wrong_with_a_new_agent_is_said_beside_each_field_and_nothing_typed_is_lost()
    {
        await using var visit = await (await DashboardSite.GetAsync()).OpenAsync("/dashboard/agents/new");
        var page = visit.Page;
        await page.GetByLabel("Name").FillAsync("Kept");
        await page.GetByLabel("Model").FillAsync("nonsense");
        await page.GetByLabel("Every", new() { Exact = true }).FillAsync("5s");
        await page.GetByLabel("Configuration").FillAsync("{\n  not json");
        await visit.Button("Create and start").ClickAsync();

        await Expect(page.GetByText("Model: must have the form provider/name")).ToBeVisibleAsync();
        await Expect(page.GetByText("Every: must lie between 1m and 24h")).ToBeVisibleAsync();
        await Expect(page.GetByText("Configuration: is no JSON from line 2 on")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Kept");
        await Expect(page.GetByLabel("Configuration")).ToHaveValueAsync("{\n  not json");
        await visit.AssertSoundAsync("the refused form");
    }

    [Test]
    public async Task A_reply_grows_while_the_agent_writes_it()
    {
        var site = await DashboardSite.GetAsync();
        var (more, end) = (new Signal(), new Signal());
        site.Runtime.Answer("scripted/writer", async (turn, cancelled) =>
        {
            turn.Growing!.Report("Dear <b>Ada</b>,");
            await more.Task.WaitAsync(cancelled);
            turn.Growing!.Report(" I am");
            await end.Task.WaitAsync(cancelled);
            return "Dear <b>Ada</b>, I am here.";
        });
        var created = await Web.Support.ApiCalls.CarryOutAsync(site.Service.Api, "/api/v1/agents/provision", new { name = "writer", model = "scripted/writer", heartbeat = new { enabled = false } });
        await using var visit = await site.OpenAsync($"/dashboard/agents/{created.AgentId}");
        await SayAsync(visit, "hello");
        var growing = visit.Page.Locator(".talk li.growing .text");
        await Expect(growing).ToHaveTextAsync("Dear <b>Ada</b>,");
        await visit.Page.GetByLabel("Message").FillAsync("half a sent");

        await using var late = await site.OpenAsync("/dashboard/audit");
        await late.Page.RunAndWaitForResponseAsync(() => late.Page.GotoAsync(visit.Page.Url), "**/dashboard/live?agent=*");
        more.SetResult();
        await Expect(growing).ToHaveTextAsync("Dear <b>Ada</b>, I am");
        await Expect(late.Page.Locator(".talk li.growing .text")).ToHaveTextAsync("… I am");
        await visit.AssertSoundAsync("a growing reply");
        end.SetResult();

        await Expect(visit.Page.Locator(".talk li")).ToHaveTextAsync([new Regex("writer is up"), new Regex("hello"), new Regex("I am here")]);
        await Expect(visit.Page.GetByLabel("Message")).ToHaveValueAsync("half a sent");
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Agents_are_found_and_acted_on_together()
    {
        var site = await DashboardSite.GetAsync();
        foreach (var name in (string[])["bulk one", "bulk two", "bulk 100%"])
        {
            await Web.Support.ApiCalls.ProvisionAsync(site.Service.Api, name);
        }

        await using var visit = await site.OpenAsync("/dashboard/agents");
        var page = visit.Page;
        await page.GetByLabel("Search").FillAsync("BULK");
        await page.GetByLabel("Order").SelectOptionAsync("name");
        await visit.Button("Show").ClickAsync();
        await Expect(page.Locator("#agents tbody tr")).ToContainTextAsync(["bulk 100%", "bulk one", "bulk two"]);
        Assert.That(page.Url, Does.Contain("q=BULK").And.Contain("sort=name"));

        await page.GetByLabel("Tick all on this page").CheckAsync();
        await visit.Button("Pause").ClickAsync();
        await Expect(page.GetByText("3 agents: pause has begun.")).ToBeVisibleAsync();
        await Expect(page.Locator("#agents tbody .state")).ToHaveTextAsync(["paused", "paused", "paused"]);

        await page.GetByLabel("Search").FillAsync("0%");
        await page.GetByLabel("paused", new() { Exact = true }).CheckAsync();
        await visit.Button("Show").ClickAsync();
        await Expect(page.Locator("#agents tbody tr")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Settings_are_changed()
    {
        var site = await DashboardSite.GetAsync();
        var id = await Web.Support.ApiCalls.ProvisionAsync(site.Service.Api, "to change");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{id}?tab=settings");

        await visit.Page.GetByLabel("Every", new() { Exact = true }).FillAsync("2h");
        await visit.Page.GetByLabel("Persona").FillAsync("calm\nand brief");
        await visit.Button("Save").ClickAsync();

        await Expect(visit.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByLabel("Persona")).ToHaveValueAsync("calm\nand brief");
        await visit.Link("Now").ClickAsync();
        await Expect(visit.Page.Locator("#facts").GetByText("every 2h")).ToBeVisibleAsync();
    }

    [Test]
    public async Task What_is_being_typed_survives_what_changes_around_it_and_a_lost_connection()
    {
        var site = await DashboardSite.GetAsync();
        var id = await Web.Support.ApiCalls.ProvisionAsync(site.Service.Api, "typing");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{id}");
        var page = visit.Page;
        await page.GetByLabel("Message").FillAsync("half a sent");

        await page.Context.SetOfflineAsync(true);
        await site.Service.Api.PostAsync($"/api/v1/agents/{id}/message", new StringContent("""{"content":"from elsewhere"}""", System.Text.Encoding.UTF8, "application/json"));
        await page.EvaluateAsync("fetch('/dashboard/live').catch(() => {})");
        await page.Context.SetOfflineAsync(false);

        await Expect(page.Locator(".talk")).ToContainTextAsync("echo (no model behind this): from elsewhere");
        await Expect(page.GetByLabel("Message")).ToHaveValueAsync("half a sent");
        await Expect(page.GetByLabel("Message")).ToBeFocusedAsync();
    }

    private static async Task SayAsync(Visit visit, string text)
    {
        await visit.Page.GetByLabel("Message").FillAsync(text);
        await visit.Button("Send").ClickAsync();
    }

    private static async Task CreateAsync(Visit visit, string name, string model, string configuration)
    {
        await visit.Page.GetByLabel("Name").FillAsync(name);
        await visit.Page.GetByLabel("Model").FillAsync(model);
        await visit.Page.GetByLabel("Configuration").FillAsync(configuration);
        await visit.Button("Create and start").ClickAsync();
        await Expect(visit.Heading(name)).ToBeVisibleAsync();
    }

    private static ILocator State(IPage page, string state) => page.Locator("#state .state", new() { HasText = state });

    private static async Task WithReloadsAsync(IPage page, ILocator expected) => await OpenClaw.Tests.Support.Eventually.That(
        async () =>
        {
            await page.ReloadAsync();
            return await expected.First.IsVisibleAsync();
        },
        Is.True);
}
