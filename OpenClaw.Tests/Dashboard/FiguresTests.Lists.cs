using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>Lists in a browser: sorted, filtered, kept as a view, and on a phone.</summary>
public sealed partial class FiguresTests
{
    [Test]
    public async Task A_list_is_sorted_by_its_heads_which_stay_in_sight_and_has_as_many_rows_as_are_wanted()
    {
        await using var visit = await _site.OpenAsync("/dashboard/agents?size=100");
        var page = visit.Page;
        await FollowAsync(page, page.Locator("thead").GetByRole(AriaRole.Link, new() { Name = "Name" }));
        var names = await page.Locator("#agents td.name:nth-child(2)").AllInnerTextsAsync();
        await Expect(page.Locator("th[aria-sort]")).ToHaveAttributeAsync("aria-sort", "ascending");

        await FollowAsync(page, page.Locator("thead").GetByRole(AriaRole.Link, new() { Name = "Name" }));
        Assert.That(await page.Locator("#agents td.name:nth-child(2)").AllInnerTextsAsync(), Is.EqualTo(names.Reverse()).And.Count.EqualTo(68));
        await Expect(page.Locator("th[aria-sort]")).ToHaveAttributeAsync("aria-sort", "descending");

        await page.Locator("#agents .scroll").EvaluateAsync("list => { list.scrollIntoView({ block: 'nearest' }); list.scrollTop = list.scrollHeight; }");
        await Expect(page.Locator("#agents tbody tr").Last).ToBeInViewportAsync();
        await Expect(page.Locator("thead").GetByRole(AriaRole.Link, new() { Name = "Name" })).ToBeInViewportAsync();
        foreach (var head in (string[])["Status", "Model", "Last beat", "Next beat", "Changed"])
        {
            await FollowAsync(page, page.Locator("thead").GetByRole(AriaRole.Link, new() { Name = head }));
            await Expect(page.Locator("th[aria-sort]")).ToHaveTextAsync(head);
        }

        await FollowAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "25 rows" }));
        await Expect(page.Locator("#agents tbody tr")).ToHaveCountAsync(25);
        await visit.AssertSoundAsync("a sorted list");
    }

    [Test]
    public async Task A_filter_applies_when_it_is_chosen_is_shown_and_can_be_taken_off()
    {
        await using var visit = await _site.OpenAsync("/dashboard/agents");
        var page = visit.Page;

        var running = page.GetByLabel("running", new() { Exact = true });
        await running.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator(".pager")).ToContainTextAsync("54 agents");
        await Expect(running).ToBeFocusedAsync();
        await page.GetByLabel("Search").FillAsync("running 7");
        await Expect(page.Locator("#agents tbody tr")).ToHaveCountAsync(1);
        Assert.That(new Uri(page.Url).Query, Is.EqualTo("?q=running+7&status=running&sort=newest"));
        await visit.AssertSoundAsync("filters");

        await page.GetByRole(AriaRole.Link, new() { Name = "search running 7" }).ClickAsync();
        await Expect(page.Locator(".chips li")).ToHaveTextAsync([new System.Text.RegularExpressions.Regex("status running")]);
        await Expect(page.Locator(".pager")).ToContainTextAsync("54 agents");
    }

    [Test]
    public async Task Statuses_are_chosen_together_and_the_list_is_kept_as_a_view()
    {
        await using var visit = await _site.OpenAsync("/dashboard/workflows?name=pause_agent");
        var page = visit.Page;
        await page.GetByLabel("cancelled", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("retries exceeded", new() { Exact = true }).CheckAsync();
        await Expect(page.Locator("#workflows tbody tr")).ToHaveCountAsync(8);
        await Expect(page.Locator("#results .pager")).ToContainTextAsync("8 runs");

        await page.GetByText("Save this view").ClickAsync();
        await page.GetByLabel("Name of the view").FillAsync("Ended badly");
        await visit.Button("Save").ClickAsync();
        await Expect(visit.Link("Ended badly")).ToHaveAttributeAsync("aria-current", "true");
        await visit.AssertSoundAsync("a saved view");

        await page.GotoAsync("/dashboard/workflows");
        await visit.Link("Ended badly").ClickAsync();
        await Expect(page.Locator("#workflows tbody tr")).ToHaveCountAsync(8);
        await Expect(page.Locator(".picks :checked")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget the view Ended badly" }).ClickAsync();
        await Expect(page.GetByText("The view is forgotten.")).ToBeVisibleAsync();
        await Expect(visit.Link("Ended badly")).ToHaveCountAsync(0);
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Heartbeats_that_went_well_are_left_out_until_they_are_wanted()
    {
        await using var visit = await _site.OpenAsync("/dashboard/workflows?size=25");
        var beats = visit.Page.Locator("#workflows tbody tr", new() { HasText = "heartbeat" });
        await Expect(beats).ToHaveCountAsync(1);
        await Expect(beats.Locator(".state")).ToHaveTextAsync("error");
        await Expect(visit.Page.Locator("#workflows tbody tr")).ToHaveCountAsync(25);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "heartbeats left out" }).ClickAsync();

        await Expect(beats).Not.ToHaveCountAsync(1);
    }

    [TestCase("/", @"ended in the hour \d{4}-\d\d-\d\dT\d\d UTC")]
    [TestCase("/?range=1h", @"ended in the 5 minutes from \d{4}-\d\d-\d\dT\d\d:\d[05] UTC")]
    public async Task A_bar_leads_to_what_ended_in_its_time_and_the_navigation_says_what_has_failed(string path, string chip)
    {
        await using var visit = await _site.OpenAsync(path);
        var page = visit.Page;
        await Expect(page.Locator("#main-nav a[href='/dashboard/agents'] .count")).ToContainTextAsync(await page.Locator("a.tile[href*='status=failed'] .figure").InnerTextAsync());
        await Expect(page.Locator("#main-nav a[href='/dashboard/health'] .state")).ToHaveCountAsync(1);

        await page.Locator("#hours .plot a").Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".chips li")).ToHaveTextAsync([new System.Text.RegularExpressions.Regex(chip)]);
        await Expect(page.Locator("#workflows tbody tr")).Not.ToHaveCountAsync(0);
        await visit.AssertSoundAsync("the runs of an hour");
    }

    [TestCase("/dashboard/agents")]
    [TestCase("/dashboard/workflows")]
    [TestCase("/dashboard/messages")]
    [TestCase("/dashboard/notices")]
    public async Task On_a_phone_a_row_is_a_card_that_needs_no_scrolling(string path)
    {
        await using var visit = await _site.OpenAsync(path, width: 360);

        await visit.AssertSoundAsync($"{path} on a phone");
        Assert.That(await visit.Page.EvaluateAsync<int>("Math.max(...[...document.querySelectorAll('main .rows td')].map(cell => cell.getBoundingClientRect().right))"), Is.LessThanOrEqualTo(360));
    }
}
