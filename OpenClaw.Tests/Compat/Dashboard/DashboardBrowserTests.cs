using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Hangfire;
using Hangfire.Common;
using Microsoft.Playwright;
using OpenClaw.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Compat.Dashboard;

public sealed class DashboardBrowserTests
{
    private const string Evil = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    private static BrowserFixture s_browser = null!;
    private static string s_failed = "";

    private static Seed Seed => s_browser.Host.Seed;

    [OneTimeSetUp]
    public static async Task Start()
    {
        s_browser = await BrowserFixture.StartAsync();
        foreach (var list in (string[])["enqueued", "scheduled", "processing", "succeeded", "failed", "deleted", "awaiting"]) Seed.In(list);
        Seed.Retrying();
        s_failed = Seed.Failed($"the disk is full {Evil}", Evil);
        Seed.Awaiting(s_failed);
        Seed.Recurring.AddOrUpdate("nightly", Job.FromExpression<Work>(work => work.Send("team", 1)), "0 3 * * *", new RecurringJobOptions());
        Seed.RecurringThatDoNotRun();
        Seed.Server("alive:1:2", TimeSpan.Zero);
        Seed.Server("silent:1:2", TimeSpan.FromHours(1));
        for (var i = 0; i < 25; i++) Seed.Deleted();
    }

    [OneTimeTearDown]
    public static async Task Stop() => await s_browser.DisposeAsync();

    private static readonly string[] Pages =
    [
        "", "?period=week", "/jobs/enqueued", "/jobs/enqueued/default", "/jobs/enqueued/empty", "/jobs/scheduled", "/jobs/processing", "/jobs/succeeded",
        "/jobs/failed", "/jobs/deleted?from=10&count=10", "/jobs/awaiting", "/retries", "/recurring", "/servers", "/jobs/details/{failed}", "/jobs/details/0",
    ];

    [TestCaseSource(nameof(Pages))]
    public async Task Every_page_is_accessible_fits_and_keeps_its_content_security_policy(string path)
    {
        await using var browser = await s_browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync($"/hangfire{path.Replace("{failed}", s_failed, StringComparison.Ordinal)}");
        foreach (var closed in await page.Locator("summary").AllAsync()) await closed.ClickAsync();

        foreach (var (scheme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 1200), (ColorScheme.Dark, 390)])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, 900);

            var result = await page.RunAxe();

            Assert.That(result.Violations.Select(Describe), Is.Empty, $"{scheme} {width}");
            Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(width), $"{scheme} {width}: scrolls sideways");
        }

        // A page that answers 404 is itself reported as a failed resource.
        Assert.That(browser.Complaints.Where(text => !text.Contains("404", StringComparison.Ordinal)), Is.Empty);
        Assert.That(await page.TitleAsync(), Does.Not.Contain("owned"));
    }

    [Test]
    public async Task Counters_follow_the_storage_without_a_reload()
    {
        await using var browser = await s_browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync("/hangfire");
        var counter = page.Locator("nav [data-counter=scheduled]");
        var before = int.Parse(await counter.InnerTextAsync());

        Seed.Scheduled();

        await Eventually.That(async () => int.Parse(await counter.InnerTextAsync()), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task A_failed_job_is_found_and_requeued_by_keyboard_alone()
    {
        var job = Seed.Failed("by keyboard", "keyboard");
        await using var browser = await s_browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync("/hangfire");

        await page.Keyboard.PressAsync("Tab");
        Assert.That(await Focused(page), Is.EqualTo("Skip to content"));
        await TabTo(page, new("^Failed"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Failed jobs", Level = 1 })).ToBeVisibleAsync();

        await TabTo(page, new($"^Select job {job}$"));
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByText("1 selected")).ToBeVisibleAsync();
        await TabTo(page, new("^Requeue$"), backwards: true);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 job requeued.");
        Assert.That(Seed.StateOf(job), Is.EqualTo("Enqueued"));
    }

    [Test]
    public async Task A_recurring_job_is_triggered_and_after_a_question_removed_by_keyboard_alone()
    {
        Seed.Recurring.AddOrUpdate("by-keyboard", Job.FromExpression<Work>(work => work.Send("team", 1)), "0 3 * * *", new RecurringJobOptions());
        await using var browser = await s_browser.OpenAsync();
        var page = browser.Page;
        var questions = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            questions.Add(dialog.Message);
            await dialog.AcceptAsync();
        };
        await page.GotoAsync("/hangfire/recurring");

        await Press("Trigger now");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 job triggered.");
        await Press("Remove");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 job removed.");

        Assert.That(questions, Is.EqualTo(["Remove the selected recurring jobs?"]));
        await Expect(page.GetByText("by-keyboard")).ToHaveCountAsync(0);

        async Task Press(string button)
        {
            await TabTo(page, new("^Select by-keyboard$"));
            await page.Keyboard.PressAsync("Space");
            await TabTo(page, new($"^{button}$"), backwards: true);
            await page.Keyboard.PressAsync("Enter");
        }
    }

    [Test]
    public async Task Everything_that_takes_the_focus_shows_it()
    {
        await using var browser = await s_browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync("/hangfire/jobs/failed");

        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var outline = await page.EvaluateAsync<string>("document.activeElement === document.body ? 'none left' : getComputedStyle(document.activeElement).outlineStyle");
            if (outline == "none left") break;
            Assert.That(outline, Is.EqualTo("solid"), await Focused(page));
        }
    }

    [Test]
    public async Task Select_all_takes_the_whole_page_and_deleting_asks_first()
    {
        await using var own = await BrowserFixture.StartAsync();
        string[] jobs = [own.Host.Seed.Failed(), own.Host.Seed.Failed(), own.Host.Seed.Failed()];
        await using var browser = await own.OpenAsync();
        var page = browser.Page;
        var questions = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            questions.Add(dialog.Message);
            if (questions.Count == 1) await dialog.DismissAsync();
            else await dialog.AcceptAsync();
        };
        await page.GotoAsync("/hangfire/jobs/failed");
        await page.GetByLabel("Select all on this page").CheckAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        Assert.That(jobs.Select(own.Host.Seed.StateOf), Is.All.EqualTo("Failed"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("3 jobs deleted.");
        Assert.That(jobs.Select(own.Host.Seed.StateOf), Is.All.EqualTo("Deleted"));
        Assert.That(questions, Is.All.EqualTo("Delete the selected jobs?"));
    }

    [Test]
    public async Task Markup_in_a_job_is_text_on_the_page()
    {
        await using var browser = await s_browser.OpenAsync();
        var page = browser.Page;

        await page.GotoAsync($"/hangfire/jobs/details/{s_failed}");

        await Expect(page.GetByLabel("The call")).ToContainTextAsync(Evil.Replace("\"", "\\u0022", StringComparison.Ordinal)[..20]);
        Assert.That(await page.Locator("main img, main script").CountAsync(), Is.Zero);
    }

    private static async Task TabTo(IPage page, Regex name, bool backwards = false)
    {
        for (var i = 0; i < 150; i++)
        {
            if (name.IsMatch(await Focused(page))) return;
            await page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
        }
        Assert.Fail($"The keyboard never reached {name}.");
    }

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>(
        "(document.activeElement.ariaLabel ?? document.activeElement.innerText ?? '').trim()");

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}";
}
