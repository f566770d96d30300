using System.Globalization;
using Microsoft.Playwright;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>A number and the list behind its link say the same; a filter is used, or refused in words.</summary>
public sealed partial class FiguresTests
{
    // Every number with a link: tiles, facts whose name leads somewhere, and cells of a table. By its place, for the report.
    private const string Numbers =
        """
        () => [
          ...[...document.querySelectorAll('main a.tile')].map(tile => [tile.innerText, tile.querySelector('.figure').innerText, tile.getAttribute('href')]),
          ...[...document.querySelectorAll('main .facts div')].filter(fact => fact.querySelector('dt a')).map(fact => [fact.querySelector('dt').innerText, fact.querySelector('dd').innerText, fact.querySelector('dt a').getAttribute('href')]),
          ...[...document.querySelectorAll('main td.number a')].map(cell => [cell.closest('tr').id + ' ' + cell.closest('table').querySelectorAll('thead th')[cell.closest('td').cellIndex].innerText, cell.innerText, cell.getAttribute('href')]),
        ].map(([what, number, link]) => ({ what, number, link }))
        """;

    private static DashboardSite _site = null!;

    [OneTimeSetUp]
    public static async Task Start()
    {
        _site = await DashboardSite.StartAsync();
        await using (var visit = await _site.OpenAsync("/"))
        {
            await Expect(visit.Page.Locator("#attention .first li")).ToHaveCountAsync(3);
            await Expect(visit.Page.Locator(".tile")).ToHaveCountAsync(0);
            await visit.AssertSoundAsync("the first visit");
        }

        await _site.Service.Database.SeedFiguresAsync();
    }

    [OneTimeTearDown]
    public static async Task Stop() => await _site.DisposeAsync();

    [TestCase("/", 13)]
    [TestCase("/dashboard/workflows/figures", 8)]
    [TestCase("/dashboard/workflows/figures?within=7d", 12)]
    public async Task Each_number_leads_to_as_many_rows(string page, int least)
    {
        await using var visit = await _site.OpenAsync(page);
        var figures = await visit.Page.EvaluateAsync<Figure[]>(Numbers);
        Assert.That(figures, Has.Length.GreaterThanOrEqualTo(least));
        Assert.That(figures.Select(figure => Parse(figure.Number)), Has.Some.GreaterThan(50));

        foreach (var (index, figure) in figures.Index())
        {
            // The service itself does something now and then: what differs for a moment is read again.
            await Eventually.That(
                async () =>
                {
                    await visit.Page.GotoAsync(page);
                    var number = Parse((await visit.Page.EvaluateAsync<Figure[]>(Numbers))[index].Number);
                    await FollowAsync(visit.Page, visit.Page.Locator($"main a[href=\"{figure.Link}\"]").Last);
                    return $"{figure.What}: {(await RowsAsync(visit.Page) is var rows && rows == number ? "the same" : $"{number}, but {rows} rows")} at {figure.Link}";
                },
                Does.Contain(": the same at "), TimeSpan.FromSeconds(5));
        }

        Assert.That(visit.Complaints, Is.Empty);
    }

    [TestCase("", 68)]
    [TestCase("?status=running", 54)]
    [TestCase("?q=paused", 3)]
    public async Task The_pager_of_agents_says_how_many_rows_there_are(string query, int agents)
    {
        await using var visit = await _site.OpenAsync($"/dashboard/agents{query}");

        await Expect(visit.Page.Locator(".pager")).ToContainTextAsync($"{agents} agents");
        Assert.That(await RowsAsync(visit.Page), Is.EqualTo(agents));
    }

    [Test]
    public async Task Messages_are_without_what_the_owner_is_told_and_say_so()
    {
        await using var visit = await _site.OpenAsync("/dashboard/messages?state=parked");

        Assert.That(await RowsAsync(visit.Page), Is.EqualTo(61));
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("What you are told of your agents is under Notices.");
    }

    // The names of agents are those of the seeds: "running 1", …; two that are called alike differ in nothing but their ids.
    [TestCase("running 7")]
    [TestCase("RUNNING 7")]
    [TestCase("running-7")]
    public async Task An_agents_name_in_the_filter_finds_its_runs_and_stays_in_the_box(string name)
    {
        var agent = await _site.Service.Database.TextAsync("SELECT id FROM openclaw.agents WHERE name = 'running 7'");
        await _site.Service.Database.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET agent_id = '{agent}' WHERE name = 'resume_agent'");
        await using var visit = await _site.OpenAsync("/dashboard/workflows");

        await visit.Page.Locator("input[name=agent]").FillAsync(name);
        await visit.Button("Show").ClickAsync();

        await Expect(visit.Page.Locator("#workflows tbody tr")).ToHaveCountAsync(12);
        await Expect(visit.Page.Locator("input[name=agent]")).ToHaveValueAsync(name);
    }

    [TestCase("Nobody of that name", "No agent is called \"Nobody of that name\"")]
    [TestCase("<b>&\"'", "No agent is called \"<b>&\"'\"")]
    [TestCase("0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f", "none has it as its id")]
    public async Task A_name_that_nobody_has_is_said_and_shows_no_runs(string name, string told)
    {
        await using var visit = await _site.OpenAsync("/dashboard/workflows");

        await visit.Page.Locator("input[name=agent]").FillAsync(name);
        await visit.Button("Show").ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(told);
        await Expect(visit.Page.Locator("input[name=agent]")).ToHaveValueAsync(name);
        Assert.That(await RowsAsync(visit.Page), Is.Zero);
        await visit.AssertSoundAsync("a refused filter");
    }

    [Test]
    public async Task Of_agents_of_one_name_a_person_chooses()
    {
        for (var number = 0; number < 2; number++)
        {
            await _site.Service.Api.PostAsync("/api/v1/agents", new { name = "Twin", model = "local/echo" });
        }

        await using var visit = await _site.OpenAsync("/dashboard/workflows?agent=twin&status=failed");

        await Expect(visit.Page.Locator("#namesakes li")).ToHaveCountAsync(2);
        await visit.AssertSoundAsync("namesakes");
        await FollowAsync(visit.Page, visit.Page.Locator("#namesakes a").First);

        Assert.That(visit.Page.Url, Does.Contain("status=failed"));
        await Expect(visit.Page.GetByText("No workflow is like that.")).ToBeVisibleAsync();
        await _site.Service.Database.ExecuteAsync("DELETE FROM openclaw.agents WHERE name = 'Twin'");
    }

    [TestCase("/dashboard/workflows?status=shiny&name=no_such", "status is \"shiny\"", "No workflow is called \"no_such\"")]
    [TestCase("/dashboard/workflows?stauts=failed", "\"stauts\" is not a filter of this page", "status")]
    [TestCase("/dashboard/agents?page=0&sort=size", "page is \"0\"", "sort is \"size\"")]
    [TestCase("/dashboard/messages?state=parked&state=dead", "state is given 2 times", "Nothing is shown")]
    [TestCase("/dashboard/audit?before=yesterday", "before is \"yesterday\"", "Show all")]
    [TestCase("/dashboard/notices?state=told", "state is \"told\"", "waiting, delivered, dead")]
    public async Task What_cannot_be_used_is_told_and_nothing_is_shown_instead(string address, params string[] told)
    {
        await using var visit = await _site.OpenAsync(address);

        foreach (var words in told)
        {
            await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);
        }

        Assert.That(await RowsAsync(visit.Page), Is.Zero);
        await visit.AssertSoundAsync(address);
    }

    [Test]
    public async Task Beyond_the_last_page_it_says_how_many_there_are()
    {
        await using var visit = await _site.OpenAsync("/dashboard/agents?page=9&status=running");

        await Expect(visit.Page.Locator(".empty")).ToContainTextAsync("There is no page 9: 54 agents are on 2 pages.");
    }

    // In the list itself, page by page.
    private static async Task<int> RowsAsync(IPage page)
    {
        var rows = 0;
        while (true)
        {
            rows += await page.Locator("main tbody tr").CountAsync();
            if (await page.Locator("main .pager a[rel=next]").CountAsync() == 0)
            {
                return rows;
            }

            await FollowAsync(page, page.Locator("main .pager a[rel=next]"));
        }
    }

    private static async Task FollowAsync(IPage page, ILocator link)
    {
        var address = new Uri(_site.Service.Address, await link.GetAttributeAsync("href"));
        await link.ClickAsync();
        await Eventually.That(() => PlaceAsync(page), Is.EqualTo($"{address.PathAndQuery} complete"), TimeSpan.FromSeconds(30));
    }

    // Asked of the page itself: the browser's driver can miss a load that ends in the moment in which it begins to wait for it.
    private static async Task<string> PlaceAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>("() => `${location.pathname}${location.search} ${document.readyState}`");
        }
        catch (PlaywrightException)
        {
            return "between two pages";
        }
    }

    private static int Parse(string number) => int.Parse(number, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private sealed record Figure
    {
        public string What { get; set; } = "";

        public string Number { get; set; } = "";

        public string Link { get; set; } = "";
    }
}
