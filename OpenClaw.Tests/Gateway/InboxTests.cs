using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Messages to clients: stored first, sent in order, again until they are acknowledged, and never silently gone.</summary>
public sealed class InboxTests : GatewayFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Test]
    public async Task A_message_to_a_client_reaches_it_and_is_delivered_when_it_says_so()
    {
        await using var sender = await InstanceAsync("ann");
        await using var receiver = await InstanceAsync("ben");

        var sent = await SendAsync(sender, "client:ben", "hello", new JsonObject { ["lang"] = "en" });
        var received = (await ReceiveAsync(receiver, 1))[0];

        Assert.Multiple(() =>
        {
            Assert.That((string?)sent["state"], Is.EqualTo("accepted"));
            Assert.That((string?)received["id"], Is.EqualTo((string?)sent["id"]));
            Assert.That((string?)received["from"], Is.EqualTo("client:ann"));
            Assert.That((string?)received["content"], Is.EqualTo("hello"));
            Assert.That((string?)received["metadata"]!["lang"], Is.EqualTo("en"));
            Assert.That((int?)received["attempt"], Is.EqualTo(1));
        });
        var id = (string)sent["id"]!;
        Assert.That((int?)(await sender.CallAsync("messages.ack", new JsonObject { ["id"] = id }))["acknowledged"], Is.Zero, "It is not in the sender's inbox.");
        Assert.That((int?)(await receiver.CallAsync("messages.ack", new JsonObject { ["id"] = id }))["acknowledged"], Is.EqualTo(1));
        Assert.That((int?)(await receiver.CallAsync("messages.ack", new JsonObject { ["id"] = id }))["acknowledged"], Is.Zero, "It was acknowledged already.");
        Assert.That((string?)(await sender.CallAsync("messages.list", new JsonObject { ["to"] = "client:ben" }))["messages"]![0]!["state"], Is.EqualTo("delivered"));
    }

    [Test]
    public async Task What_was_sent_while_a_client_was_away_is_there_when_it_connects_and_again_until_it_is_acknowledged()
    {
        await using var sender = await InstanceAsync("away-sender");
        for (var number = 1; number <= 100; number++)
        {
            await SendAsync(sender, "client:away", $"{number}");
        }

        var first = await InstanceAsync("away");
        var held = await ReceiveAsync(first, 64);
        Assert.That(held.Select(message => (string?)message["content"]), Is.EqualTo(Numbers(1, 64)), "So many are sent until the first is acknowledged.");
        await AcknowledgeAsync(first, held.Take(10));
        Assert.That((await ReceiveAsync(first, 74)).Select(message => (string?)message["content"]), Is.EqualTo(Numbers(1, 74)));
        await first.DisposeAsync();

        await using var second = await InstanceAsync("away");
        var again = await ReceiveAsync(second, 64);
        Assert.That(again.Select(message => (int?)message["attempt"]), Is.All.EqualTo(1), "Its connection was gone at once.");
        Assert.That(
            await Service.Database.LinesAsync("SELECT state, attempts, count(*) FROM openclaw_system.notifications WHERE recipient = 'client:away' GROUP BY 1, 2 ORDER BY 1, 2"),
            Is.EqualTo(new[] { "accepted|0|90", "delivered|1|10" }));
        await AcknowledgeAsync(second, again);
        await Eventually.That(() => second.Events("message").Count(), Is.EqualTo(90), Patience);
        Assert.That(second.Events("message").Select(frame => (string?)frame["payload"]!["content"]), Is.EqualTo(Numbers(11, 90)));
    }

    [Test]
    public async Task The_same_id_of_a_sender_is_one_message_also_at_the_same_instant()
    {
        await using var sender = await InstanceAsync("twice");
        var message = new JsonObject { ["id"] = "once", ["to"] = "client:once", ["content"] = "x" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sender.CallAsync("messages.send", message)));

        Assert.That(answers.Select(answer => (string?)answer["id"]).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await Service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE recipient = 'client:once'"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_message_to_a_channel_waits_with_the_reason()
    {
        await using var sender = await InstanceAsync("to-whatsapp");

        var parked = await SendAsync(sender, "whatsapp:dm:+4915112345678", "hi");
        var sent = await sender.CallAsync("send", new JsonObject { ["to"] = "+4915112345678", ["message"] = "hi", ["idempotencyKey"] = "direct-1" });
        var unknown = await sender.RequestAsync("send", new JsonObject { ["to"] = "x", ["message"] = "hi", ["channel"] = "pigeon", ["idempotencyKey"] = "direct-2" });

        Assert.That((string?)parked["state"], Is.EqualTo("parked"));
        Assert.That((string?)parked["state_reason"], Does.StartWith("The channel whatsapp is not connected"));
        Assert.That((string?)sent["state"], Is.EqualTo("parked"));
        Assert.That((string?)unknown["error"]!["message"], Is.EqualTo("unsupported channel: pigeon"));
    }

    [Test]
    public async Task A_message_to_the_owner_is_a_notice_and_nobody_else_can_be_told()
    {
        await using var sender = await InstanceAsync("to-owner");

        var told = await SendAsync(sender, "owner:admin", "the build is green", new JsonObject { ["event"] = 5 });
        var stranger = await sender.RequestAsync("messages.send", new JsonObject { ["to"] = "owner:somebody", ["content"] = "hi" });

        Assert.That(((string?)told["state"], (string?)told["state_reason"]), Is.EqualTo(("parked", "It waits for a WhatsApp number of its owner.")));
        Assert.That((string?)stranger["error"]!["message"], Does.StartWith("You are not owner:somebody"));
        var notices = (await Service.Api.GetJsonAsync("/api/v1/notifications")).Body.GetProperty("notifications");
        Assert.That(notices.EnumerateArray().Select(notice => notice.GetProperty("text").GetString()), Does.Contain("the build is green"));
    }

    [Test]
    public async Task An_agents_reply_comes_to_the_inbox_of_the_client_that_wrote()
    {
        var agent = await AgentAsync("answering");
        await using var client = await InstanceAsync("asking");

        await SendAsync(client, agent, "who is there");

        var reply = (await ReceiveAsync(client, 1))[0];
        Assert.That((string?)reply["content"], Does.Contain("who is there"));
        Assert.That((string?)reply["from"], Does.StartWith("agent:"));
    }

    [Test]
    public async Task A_client_on_another_node_is_reached()
    {
        await using var other = await RunningService.StartBesideAsync(Service);
        await using var sender = await InstanceAsync("here");
        await using var receiver = await GatewayClient.ConnectAsAsync(other.Address, "there");

        for (var number = 1; number <= 20; number++)
        {
            await SendAsync(sender, "client:there", $"{number}");
        }

        Assert.That((await ReceiveAsync(receiver, 20)).Select(message => (string?)message["content"]), Is.EqualTo(Numbers(1, 20)));
    }

    [Test]
    public async Task Bad_messages_are_refused_and_nothing_is_stored()
    {
        await using var sender = await InstanceAsync("bad");
        foreach (var bad in new JsonObject[]
        {
            new() { ["to"] = "client:bad-inbox" },
            new() { ["to"] = "client:bad-inbox", ["content"] = "" },
            new() { ["to"] = "client:bad-inbox", ["content"] = new string('x', 300_000) },
            new() { ["to"] = "client:bad-inbox", ["content"] = "x", ["id"] = new string('i', 256) },
            new() { ["to"] = "client:bad-inbox", ["content"] = "x", ["ttlSeconds"] = 99_999_999 },
            new() { ["to"] = "client:bad-inbox", ["content"] = "x", ["metadata"] = "text" },
            new() { ["to"] = "agent:nobody", ["content"] = "x" },
        })
        {
            Assert.That((bool?)(await sender.RequestAsync("messages.send", bad))["ok"], Is.False, bad.ToJsonString()[..Math.Min(120, bad.ToJsonString().Length)]);
        }

        foreach (var bad in new JsonObject[] { new(), new() { ["ids"] = new JsonArray() }, new() { ["ids"] = new JsonArray("x") }, new() { ["id"] = "x" } })
        {
            Assert.That((bool?)(await sender.RequestAsync("messages.ack", bad))["ok"], Is.False, bad.ToJsonString());
        }

        Assert.That(await Service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE recipient = 'client:bad-inbox'"), Is.EqualTo("0"));
    }

    private static async Task<JsonNode> SendAsync(GatewayClient sender, string to, string content, JsonObject? metadata = null, int? ttl = null)
    {
        var message = new JsonObject { ["to"] = to, ["content"] = content };
        if (metadata is not null)
        {
            message["metadata"] = metadata;
        }

        if (ttl is not null)
        {
            message["ttlSeconds"] = ttl;
        }

        return await sender.CallAsync("messages.send", message);
    }

    /// <summary>The first so many that have come.</summary>
    private static async Task<List<JsonNode>> ReceiveAsync(GatewayClient receiver, int count)
    {
        await Eventually.That(() => receiver.Events("message").Count(), Is.GreaterThanOrEqualTo(count), Patience);
        return [.. receiver.Events("message").Take(count).Select(frame => frame["payload"]!)];
    }

    private static Task<JsonNode> AcknowledgeAsync(GatewayClient receiver, IEnumerable<JsonNode> messages) =>
        receiver.CallAsync("messages.ack", new JsonObject { ["ids"] = new JsonArray([.. messages.Select(message => (JsonNode)(string)message["id"]!)]) });

    private static IEnumerable<string> Numbers(int first, int count) => Enumerable.Range(first, count).Select(number => $"{number}");

    private Task<GatewayClient> InstanceAsync(string instance) => GatewayClient.ConnectAsAsync(Service.Address, instance);
}
