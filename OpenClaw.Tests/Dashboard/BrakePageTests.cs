using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>A person brakes from any page, and sees on any page that the brake is on.</summary>
public sealed class BrakePageTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task All_turns_are_stopped_from_any_page_and_begin_again_when_the_brake_is_released(bool script)
    {
        await using var site = await DashboardSite.StartAsync();
        var id = await site.Service.Api.ProvisionAsync("mira");
        await using var other = await site.OpenAsync("/dashboard/settings");
        await using var visit = await site.OpenAsync("/dashboard/spending", script: script);
        var (page, banner) = (visit.Page, visit.Page.Locator("#brakes"));
        await Expect(banner.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToHaveCountAsync(0);

        await page.Locator("header").GetByText("Brake", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Why you brake").FillAsync("<b>a look</b>");
        await visit.Button("Stop all turns").ClickAsync();

        await Expect(page.GetByText("The brake is on for all agents of admin.", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(banner).ToContainTextAsync("no turn begins");
        await Expect(banner).ToContainTextAsync("<b>a look</b>");
        if (script)
        {
            await visit.AssertSoundAsync("a brake");
        }

        await Expect(other.Page.Locator("#brakes")).ToContainTextAsync("The brake is on for all agents of admin");
        await page.GotoAsync($"/dashboard/agents/{id}");
        await visit.ConfirmAsync("Release the brake");
        await Expect(page.GetByText("The brake of all agents of admin is released: what waited begins, a few agents at a time.")).ToBeVisibleAsync();
        await Expect(other.Page.Locator("#brakes").GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToHaveCountAsync(0, new() { Timeout = 15_000 });

        await page.GotoAsync($"/dashboard/agents/{id}");
        await visit.ConfirmAsync("Brake");
        await Expect(banner).ToContainTextAsync("The brake is on for mira");
        Assert.That(visit.Complaints, Is.Empty);
    }
}
