using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>A person sees what waits for them on any page, and answers it with a button.</summary>
public sealed class InboxPageTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_question_is_counted_in_the_navigation_answered_with_a_button_and_kept_below(bool script)
    {
        await using var site = await DashboardSite.StartAsync();
        var agent = await site.Service.Api.ProvisionAsync("mira");
        await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/questions", new { question = "Delete <b>it</b>?", choices = new[] { "Yes", "No, keep it" }, @default = "No, keep it" });
        await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/questions", new { question = "And the other?", choices = new[] { "Yes", "No" } });
        await using var visit = await site.OpenAsync("/dashboard/health", script: script);
        var page = visit.Page;

        await page.Locator("#nav-inbox").GetByText("2 open").ClickAsync();
        var row = page.Locator("#open tbody tr").Filter(new() { HasText = "Delete <b>it</b>?" });
        await Expect(row).ToContainTextAsync("then: No, keep it");
        if (script)
        {
            await visit.AssertSoundAsync("the inbox");
        }

        await row.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "No, keep it" }).ClickAsync();

        await Expect(page.GetByText("Answered: No, keep it.")).ToBeVisibleAsync();
        await Expect(page.Locator("#open tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#nav-inbox")).ToContainTextAsync("1 open");
        await Expect(page.Locator("#ended tbody tr")).ToContainTextAsync("Delete <b>it</b>?");
        await Expect(page.Locator("#ended tbody tr")).ToContainTextAsync("browser");
        Assert.That(visit.Complaints, Is.Empty);
    }
}
