using System.Globalization;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>Times are the reader's own, exact ones to be seen without a pointer; what is past is called past.</summary>
public sealed class TimesTests
{
    [TestCase("Australia/Darwin")]
    [TestCase("America/St_Johns")]
    [TestCase("UTC")]
    public async Task Times_are_in_the_readers_zone_and_the_page_names_it(string zone)
    {
        var site = await DashboardSite.GetAsync();
        var agent = await site.Service.Api.ProvisionAsync($"seen from {zone}");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{agent}", timeZone: zone);
        var created = visit.Page.Locator(".facts div", new() { HasText = "Created" }).Locator("time");

        await Expect(visit.Page.Locator("#zone")).ToHaveTextAsync($"Times are those of {zone}.");
        var at = DateTimeOffset.Parse((await created.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);
        var local = await visit.Page.EvaluateAsync<string>("at => new Date(at).toLocaleTimeString('en-GB')", at.ToString("o", CultureInfo.InvariantCulture));

        await Expect(created.Locator(".exact")).ToBeVisibleAsync();
        await Expect(created).ToContainTextAsync(local);
        await Expect(created).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex($@"^\d{{4}}-\d\d-\d\d {local} {zone}$"));
        if (zone == "Australia/Darwin")
        {
            Assert.That(local, Is.EqualTo(at.ToOffset(new TimeSpan(9, 30, 0)).ToString("HH:mm:ss", CultureInfo.InvariantCulture)));
        }
    }

    [Test]
    public async Task A_page_that_looks_again_stays_in_the_readers_zone_and_charts_are_in_it_too()
    {
        var site = await DashboardSite.GetAsync();
        var agent = await site.Service.Api.ProvisionAsync("charted");
        await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{agent}?tab=heartbeats", timeZone: "Asia/Kolkata");
        await Expect(visit.Page.Locator("#heartbeats tbody tr")).ToHaveCountAsync(1);

        await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");
        await Expect(visit.Page.Locator("#heartbeats tbody tr")).ToHaveCountAsync(2);

        Assert.That(await visit.Page.Locator("#heartbeats").TextContentAsync(), Does.Not.Contain("UTC"));
        await visit.Page.GotoAsync("/");
        Assert.That(await visit.Page.Locator("#hours").TextContentAsync(), Does.Not.Contain("UTC").And.Match(@"\d\d:30:00"));
        await visit.AssertSoundAsync("local times");
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Who_wants_UTC_has_it_in_any_zone()
    {
        var site = await DashboardSite.GetAsync();
        var agent = await site.Service.Api.ProvisionAsync("wanted in UTC");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{agent}", timeZone: "Asia/Kolkata");
        await visit.Page.GetByText("Appearance").ClickAsync();
        await visit.Page.Locator("select[name=zone]").SelectOptionAsync("UTC");
        await visit.Button("Apply").ClickAsync();

        await Expect(visit.Page.Locator("#zone")).ToHaveTextAsync("Times are UTC.");
        await Expect(visit.Page.Locator(".facts div", new() { HasText = "Created" }).Locator("time")).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex(" UTC$"));
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Without_script_times_are_exact_and_say_that_they_are_UTC()
    {
        var site = await DashboardSite.GetAsync();
        var agent = await site.Service.Api.ProvisionAsync("unscripted");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{agent}", script: false);

        await Expect(visit.Page.Locator(".facts div", new() { HasText = "Created" }).Locator("time")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"\d\d:\d\d:\d\d UTC"));
        await Expect(visit.Page.Locator("#zone")).ToHaveTextAsync("Times are UTC.");
    }

    [Test]
    public async Task An_agent_that_was_paused_and_runs_again_was_paused_last_then()
    {
        var site = await DashboardSite.GetAsync();
        var agent = await site.Service.Api.ProvisionAsync("rested once");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{agent}");
        var paused = visit.Page.Locator("#facts .facts div", new() { HasText = "Paused" }).Locator("dd");
        await Expect(paused).ToHaveTextAsync("never");

        await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        await visit.Page.ReloadAsync();
        await Expect(paused).ToContainTextAsync("since ");
        await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/resume");
        await visit.Page.ReloadAsync();

        await Expect(paused).ToContainTextAsync("last ");
        await Expect(paused.Locator("time")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_step_of_an_ended_run_that_will_not_run_is_not_reached()
    {
        var site = await DashboardSite.GetAsync();
        var failed = await site.Service.Api.PostAsync("/api/v1/agents/provision", new { name = "unreached", model = "nobody/knows" });
        await using var visit = await site.OpenAsync($"/dashboard/workflows/{failed.Id("workflow_uuid")}");

        var states = await visit.Page.Locator("#steps .step > summary .state").AllTextContentsAsync();

        Assert.That(states, Is.EqualTo(new[] { "failed", "not reached", "not reached", "not reached", "not reached" }));
        await Expect(visit.Page.Locator("#data")).ToContainTextAsync("Output: none");
        await Expect(visit.Page.Locator("#data")).Not.ToContainTextAsync("none yet");
    }
}
