using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

public sealed class OperationsTests
{
    [Test]
    public async Task Settings_say_where_they_came_from_and_show_no_secret()
    {
        await using var visit = await (await DashboardSite.GetAsync()).OpenAsync("/dashboard/settings");

        await Expect(visit.Page.Locator("tr", new() { HasText = "AUTH_TOKEN" }).First).ToContainTextAsync("a secret");
        await Expect(visit.Page.Locator("tr", new() { HasText = "DATABASE_POOL_SIZE" })).ToContainTextAsync("default");
        Assert.That(await visit.Page.ContentAsync(), Does.Not.Contain(RunningService.Token));
    }

    [Test]
    public async Task A_message_that_was_given_up_is_sent_again()
    {
        var site = await DashboardSite.GetAsync();
        var answers = 0;
        site.Runtime.Answer("scripted/once-deaf", (_, _) => Interlocked.Increment(ref answers) == 1
            ? throw new OpenClaw.Jobs.Engine.Definitions.StepFailedException("deaf", "It did not listen.") { NonRetryable = true }
            : Task.FromResult("heard it"));
        var created = await site.Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "once deaf", model = "scripted/once-deaf" });
        await site.Service.Api.PostAsync($"/api/v1/agents/{created.AgentId}/message", new { content = "listen!" });
        await using var visit = await site.OpenAsync($"/dashboard/agents/{created.AgentId}?tab=messages");

        await visit.Button("Send again").ClickAsync();

        await Expect(visit.Page.GetByText("Sent again.")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#messages")).ToContainTextAsync("heard it");
    }

    [Test]
    public async Task A_command_is_typed_answered_and_kept()
    {
        var site = await DashboardSite.GetAsync();
        await site.Service.Api.ProvisionAsync("commanded");
        await using var visit = await site.OpenAsync("/dashboard/commands");

        await visit.Page.GetByLabel("Command", new() { Exact = true }).FillAsync("could you puase commanded, please?");
        await visit.Button("Do it").ClickAsync();

        await Expect(visit.Page.Locator("#commands tbody tr").First).ToContainTextAsync("commanded is being paused.");
        await visit.AssertSoundAsync("commands");
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Audit_tells_who_did_what_to_an_agent()
    {
        var site = await DashboardSite.GetAsync();
        var id = await site.Service.Api.ProvisionAsync("audited");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{id}");
        await visit.Button("Pause").ClickAsync();

        await visit.Page.GotoAsync($"/dashboard/audit?subject=agent:{id}");

        await Expect(visit.Page.Locator("#audit tbody tr")).ToContainTextAsync(["agent.pause", "agent.create"]);
        await Expect(visit.Page.Locator("#audit tbody tr").First).ToContainTextAsync("audited");
        await Expect(visit.Page.Locator("#audit tbody tr").First).ToContainTextAsync("browser");
    }

    [Test]
    public async Task An_alert_wants_a_person_until_a_later_beat_takes_it_back()
    {
        await using var site = await DashboardSite.StartAsync();
        var calls = 0;
        site.Runtime.Answer("scripted/alarmed", (_, _) => Task.FromResult(Interlocked.Increment(ref calls) == 1 ? "The cellar is under water." : "HEARTBEAT_OK"));
        var created = await site.Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "watchman", model = "scripted/alarmed", heartbeat = new { enabled = true, checklist = new[] { "cellar" } } });
        await site.Service.Api.PostAsync($"/api/v1/agents/{created.AgentId}/heartbeat", null);
        await using var visit = await site.OpenAsync("/");
        var alert = visit.Page.Locator("#attention li", new() { HasText = "watchman" });
        await Expect(alert).ToContainTextAsync("The cellar is under water.");
        await Expect(visit.Page.Locator("#nodes")).ToContainTextAsync("heartbeats");
        await visit.AssertSoundAsync("an overview with an alert");

        await alert.GetByText("Beat now").ClickAsync();

        await Expect(visit.Page.GetByText("Nothing needs you now.")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Health_shows_each_check_and_what_changed()
    {
        await using var visit = await (await DashboardSite.GetAsync()).OpenAsync("/dashboard/health");

        await Expect(visit.Page.Locator("#health .card h2", new() { HasText = "queue" })).ToBeVisibleAsync();
    }
}
