using System.Net;
using System.Net.Http.Json;
using OpenClaw.Data.Notices;
using OpenClaw.Jobs.Notices;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

[Category("Slow")]
public sealed class NoticeRulesTests
{
    [Test]
    public async Task An_owner_hears_of_an_agents_life_and_sees_it_in_the_list()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        var agent = await bench.Service.Api.ProvisionAsync("mira");
        await bench.Service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        await bench.Service.Api.PostAsync($"/api/v1/agents/{agent}/resume");

        await Eventually.That(() => bench.Shown(), Is.EqualTo(new[] { "mira is up.", "mira is paused.", "mira is running again." }));
        await bench.TellAsync(bench.Twilio.Accepted.First().Sid, "delivered");
        var list = (await bench.Service.Api.GetJsonAsync("/api/v1/notifications")).Body;
        var first = list.GetProperty("notifications").EnumerateArray().Last();
        Assert.That(list.GetProperty("sending").GetString(), Does.StartWith("Twilio, from +14155238886"));
        Assert.That((first.GetProperty("event").GetString(), first.GetProperty("text").GetString(), first.GetProperty("state").GetString()), Is.EqualTo(("agent_provisioned", "mira is up.", "delivered")));
        Assert.That(first.GetProperty("acked_at").GetString(), Is.Not.Null);
    }

    [Test]
    public async Task Without_an_account_notices_are_recorded_and_said_to_be()
    {
        await using var service = await RunningService.StartAsync(null, ("WHATSAPP_ALLOW_FROM", WhatsAppBench.Owner));
        await service.Api.ProvisionAsync("mira");

        await Eventually.That(() => service.Database.TextAsync("SELECT concat_ws(' ', state, body) FROM openclaw.whatsapp_messages"), Is.EqualTo("recorded mira is up."));
        Assert.That((await service.Api.GetJsonAsync("/api/v1/notifications")).Body.GetProperty("sending").GetString(), Does.StartWith("Recording only"));
    }

    [Test]
    public async Task Many_at_once_are_one_message_and_nothing_is_told_at_a_quiet_time()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        await RulesAsync(bench, new { muted_until = DateTimeOffset.UtcNow.AddHours(1) });
        for (var number = 1; number <= 8; number++)
        {
            await bench.Service.Api.ProvisionAsync($"bee-{number}");
        }

        await Eventually.That(() => bench.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE state_reason LIKE 'Muted until%'"), Is.EqualTo("8"));
        Assert.That(bench.Shown(), Is.Empty);

        await RulesAsync(bench, new { });

        var told = await Eventually.That(() => bench.Shown(), Has.Length.EqualTo(1));
        Assert.That(told[0].Split('\n'), Has.Length.EqualTo(9).And.ItemAt(0).EqualTo("8 things happened:").And.ItemAt(8).EqualTo("• bee-8 is up."));
    }

    [Test]
    public async Task What_the_owner_does_not_want_is_left_out()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        await RulesAsync(bench, new { events = new[] { "agent_failed" } });

        await bench.Service.Api.ProvisionAsync("quiet");
        await bench.Service.Api.PostAsync("/api/v1/agents/provision", new { name = "broken", model = "nobody/knows" });

        var told = await Eventually.That(() => bench.Shown(), Has.Length.EqualTo(1));
        Assert.That(told[0], Does.StartWith("broken: provision ended at validate"));
    }

    [Test]
    public async Task One_owners_notices_that_cannot_be_sent_do_not_keep_the_others_waiting()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        await bench.Service.Database.ExecuteAsync(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON openclaw.whatsapp_messages FOR EACH ROW WHEN (NEW.owner = 'aaa') EXECUTE FUNCTION refuse();
            INSERT INTO openclaw.contacts (number, owner) VALUES ('+491711111111', 'aaa');
            INSERT INTO openclaw_system.notifications (id, message_id, owner, sender, recipient, content, metadata, state, created_at, expires_at)
            VALUES (gen_random_uuid(), 'n', 'aaa', 'openclaw', 'owner:aaa', 'news', '{}', 'parked', now(), now() + interval '1 day');
            """);

        await bench.Service.Api.ProvisionAsync("mira");

        await Eventually.That(() => bench.Shown(), Is.EqualTo(new[] { "mira is up." }));
        Assert.That(await bench.TextAsync("SELECT state FROM openclaw_system.notifications WHERE owner = 'aaa'"), Is.EqualTo("parked"));
    }

    [Test]
    public async Task Rules_that_make_no_sense_are_refused()
    {
        var api = (await SharedService.GetAsync()).Api;

        var refused = await api.CallAsync(
            HttpMethod.Put, "/api/v1/notifications/rules", JsonContent.Create(new { events = new[] { "weather" }, quiet_from = "25:00", time_zone = "Nowhere/At_All", digest_after = 0 }), []);

        Assert.That((refused.Status, refused.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "events", "quiet_from", "time_zone", "digest_after" })));
    }

    [TestCase("22:00", "07:00", "2026-05-04T20:30:00Z", true)]
    [TestCase("22:00", "07:00", "2026-05-04T04:59:00Z", true)]
    [TestCase("22:00", "07:00", "2026-05-04T05:00:00Z", false)]
    [TestCase("12:00", "13:00", "2026-05-04T10:30:00Z", true)]
    [TestCase("12:00", "13:00", "2026-05-04T12:30:00Z", false)]
    public void Quiet_hours_are_times_of_day_where_the_owner_lives(string from, string until, string now, bool quiet)
    {
        var rules = new NoticeRules { Owner = "admin", QuietFrom = TimeOnly.Parse(from), QuietUntil = TimeOnly.Parse(until), TimeZone = "Europe/Berlin" };

        Assert.That(NoticeHours.WhyHeld(rules, DateTimeOffset.Parse(now)) is not null, Is.EqualTo(quiet));
    }

    private static async Task RulesAsync(WhatsAppBench bench, object rules)
    {
        var set = await bench.Service.Api.CallAsync(HttpMethod.Put, "/api/v1/notifications/rules", JsonContent.Create(rules), []);
        Assert.That(set.Status, Is.EqualTo(HttpStatusCode.OK));
    }
}
