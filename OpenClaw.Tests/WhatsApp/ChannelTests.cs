using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

public sealed class ChannelTests
{
    private const string Friend = "+4915112345678";
    private const string Address = $"whatsapp:dm:{Friend}";

    [Test]
    public async Task Messages_to_a_number_arrive_in_order_once_and_their_state_follows_what_twilio_tells()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            await bench.Service.Api.PostAsync("/messages", new { id = $"m-{number}", from = "someone", to = Address, content = $"number {number}" });
        }

        await bench.Service.Api.PostAsync("/messages", new { id = "m-2", from = "someone", to = Address, content = "number 2" });

        await Eventually.That(() => bench.Shown(Friend), Is.EqualTo(new[] { "number 1", "number 2", "number 3" }));
        await Eventually.That(() => StatesAsync(bench), Is.EqualTo("delivered, delivered, delivered"));
        var sids = bench.Twilio.Accepted.Select(text => text.Sid).ToArray();
        await bench.TellAsync(sids[0], "read");
        await bench.TellAsync(sids[1], "undelivered", 63024);

        Assert.That(await StatesAsync(bench), Is.EqualTo("delivered acked, dead, delivered"));
    }

    [Test]
    public async Task What_was_parked_before_there_was_an_account_goes_out_when_there_is_one()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using (var before = await RunningService.StartOnAsync(database))
        {
            await before.Api.PostAsync("/messages", new { id = "m-1", from = "someone", to = Address, content = "at last" });
        }

        await using var twilio = await TwilioStandIn.StartAsync();

        await using var after = await RunningService.StartOnAsync(database, WhatsAppBench.Settings(twilio.Address));

        await Eventually.That(() => twilio.Accepted.Select(text => text.Body), Is.EqualTo(new[] { "at last" }));
    }

    [Test]
    public async Task Who_says_that_a_number_wrote_is_refused_and_nothing_goes_there()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        var agent = await bench.Service.Api.ProvisionAsync("mira");

        var answer = await bench.Service.Api.PostAsync("/messages", new { id = "m-1", from = Address, to = $"agent:{agent}", content = "are you there" });

        Assert.That((int)answer.Status, Is.EqualTo(422));
        Assert.That(await bench.Service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content LIKE 'are you%'"), Is.EqualTo("0"));
    }

    [Test]
    public async Task A_reply_that_a_schedule_or_a_client_wants_there_goes_to_a_number()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        var agent = await bench.Service.Api.ProvisionAsync("mira");
        await using var client = await GatewayClient.ConnectAsync(bench.Service.Address, "/");
        var job = await client.CallAsync("cron.add", new JsonObject
        {
            ["name"] = "announced",
            ["agentId"] = $"{agent}",
            ["schedule"] = new JsonObject { ["kind"] = "cron", ["expr"] = "0 8 1 1 *" },
            ["payload"] = new JsonObject { ["kind"] = "agentTurn", ["message"] = "on schedule" },
            ["delivery"] = new JsonObject { ["mode"] = "announce", ["channel"] = "whatsapp", ["to"] = Friend },
        });
        var one = new JsonObject { ["id"] = (string)job["id"]! };

        await client.CallAsync("cron.run", one);
        await client.CallAsync("agent", new JsonObject
        {
            ["agentId"] = $"{agent}",
            ["message"] = "by a client",
            ["idempotencyKey"] = "deliver",
            ["deliver"] = true,
            ["replyChannel"] = "whatsapp",
            ["replyTo"] = Friend,
        });

        Assert.That(((string?)job["delivery"]!["mode"], (string?)job["delivery"]!["channel"], (string?)job["delivery"]!["to"]), Is.EqualTo(("announce", "whatsapp", Friend)));
        var told = await Eventually.That(() => bench.Shown(Friend), Has.Length.EqualTo(2));
        Assert.That(told.Order(), Is.EqualTo(new[] { "echo (no model behind this): by a client", "echo (no model behind this): on schedule" }));
        await Eventually.That(
            async () => (await client.CallAsync("cron.runs", one))["entries"]!.AsArray().Select(run => ((string?)run!["completionStatus"], (string?)run["deliveryStatus"])),
            Is.EqualTo(new[] { ("succeeded", "delivered") }));
    }

    private static Task<string> StatesAsync(WhatsAppBench bench) => bench.TextAsync(
        $"SELECT string_agg(concat_ws(' ', state, CASE WHEN acked_at IS NOT NULL THEN 'acked' END), ', ' ORDER BY sequence) FROM openclaw_system.notifications WHERE recipient = '{Address}'");
}
