using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>A person sees when a schedule is due and what became of it, and switches it off.</summary>
public sealed class SchedulePageTests
{
    [Test]
    public async Task A_schedule_shows_its_next_ten_times_and_what_became_of_those_before_and_is_switched_off_and_on()
    {
        var site = await DashboardSite.GetAsync();
        var agent = await site.Service.Api.ProvisionAsync("timely");
        var id = (await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/schedules", new { name = "Each <b>hour</b>", message = "NO_REPLY", cron = "0 * * * *", catch_up_runs = 2 })).Id("id");
        await site.Service.Database.ExecuteAsync($"UPDATE openclaw.scheduled_prompts SET due_at = now() - interval '3 hours' WHERE id = '{id}'");
        await site.Service.Services.GetRequiredService<ScheduleService>().FireAsync(id, "1", default);
        await using var visit = await site.OpenAsync("/dashboard/schedules");
        var page = visit.Page;

        await page.Locator($"#schedule-{id}").GetByRole(AriaRole.Link, new() { Name = "Each <b>hour</b>" }).ClickAsync();

        await Expect(page.GetByText("catches up 2 times")).ToBeVisibleAsync();
        await Expect(page.Locator("#next li")).ToHaveCountAsync(10);
        await Expect(page.Locator("#runs tbody tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("#runs tbody tr").Last).ToContainTextAsync("Nobody was there when it was due");
        await visit.AssertSoundAsync("a schedule");

        await page.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Expect(page.Locator("#next")).ToContainTextAsync("It is switched off.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(page.Locator("#next li")).ToHaveCountAsync(10);
        Assert.That(visit.Complaints, Is.Empty);
    }
}
