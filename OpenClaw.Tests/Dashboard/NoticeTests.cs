using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>What the owner is told and wants to be told, and who else talks to us.</summary>
public sealed class NoticeTests
{
    [Test]
    public async Task A_notice_that_was_given_up_is_sent_again()
    {
        var site = await DashboardSite.GetAsync();
        var agent = await site.Service.Api.ProvisionAsync("unheard");
        await site.Service.Database.ExecuteAsync(
            $"UPDATE openclaw_system.notifications SET state = 'dead', state_reason = 'Nobody took it.' WHERE agent_id = '{agent}' AND metadata ->> 'event' = 'agent_provisioned'");
        await using var visit = await site.OpenAsync("/dashboard/notices");
        var given = visit.Page.Locator("#notices tr", new() { HasText = "Nobody took it." });
        await Expect(given).ToContainTextAsync("agent provisioned");

        await given.GetByText("Send again").ClickAsync();

        await Expect(visit.Page.GetByText("Sent again.")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#notices tr", new() { HasText = "unheard is up." }).Locator(".state")).ToHaveTextAsync(["parked", "dead"]);
        await visit.AssertSoundAsync("notices");
    }

    [Test]
    public async Task What_the_owner_is_told_is_said_and_what_is_wrong_with_it()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await site.OpenAsync("/dashboard/notices/rules");
        var page = visit.Page;
        await page.GetByLabel("agent provisioned").UncheckAsync();
        await page.GetByLabel("From").FillAsync("22:00");
        await page.GetByLabel("Messages a minute").FillAsync("many");
        await visit.Button("Save").ClickAsync();
        await Expect(page.GetByText("both or none")).ToBeVisibleAsync();
        await Expect(page.GetByText("Messages a minute: must lie between 1 and 100.")).ToBeVisibleAsync();
        await visit.AssertSoundAsync("refused rules");

        await page.GetByLabel("Until").FillAsync("07:00");
        await page.GetByLabel("Messages a minute").FillAsync("7");
        await visit.Button("Save").ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("agent provisioned")).Not.ToBeCheckedAsync();
        await visit.Button("Mute for an hour").ClickAsync();
        await Expect(page.GetByText("Muted until")).ToBeVisibleAsync();

        var rules = (await site.Service.Api.GetJsonAsync("/api/v1/notifications/rules")).Body;
        Assert.That(rules.GetProperty("events").EnumerateArray().Select(what => what.GetString()), Does.Contain("agent_failed").And.Not.Contain("agent_provisioned"));
        Assert.That((rules.GetProperty("quiet_from").GetString(), rules.GetProperty("digest_after").GetInt32()), Is.EqualTo(("22:00", 7)));
        await visit.Button("Unmute").ClickAsync();
        await Expect(visit.Button("Mute for a day")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Who_writes_to_us_is_listed_with_what_was_said()
    {
        var site = await DashboardSite.GetAsync();
        await site.Service.Database.ExecuteAsync(
            """
            INSERT INTO openclaw.contacts (number, name, last_inbound_at, created_at) VALUES ('+491700000042', '<b>Ada</b>', now(), now());
            INSERT INTO openclaw.whatsapp_messages (id, direction, contact, key, body, media, state, due_at, created_at, updated_at)
            VALUES (gen_random_uuid(), 'in', '+491700000042', 'SM42', 'is <i>anybody</i> there?', '[]', 'handled', now(), now(), now());
            """);
        await using var visit = await site.OpenAsync("/dashboard/contacts");
        await Expect(visit.Page.Locator("#contacts tr", new() { HasText = "<b>Ada</b>" })).ToContainTextAsync("a stranger");
        await visit.AssertSoundAsync("contacts");

        await visit.Link("+491700000042").ClickAsync();

        await Expect(visit.Page.Locator("#conversation tbody tr")).ToContainTextAsync("is <i>anybody</i> there?");
        await visit.AssertSoundAsync("a contact");
        Assert.That(visit.Complaints, Is.Empty);
    }
}
