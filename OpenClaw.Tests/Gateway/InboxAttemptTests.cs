using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>How often a message is sent to a client that does not acknowledge it. The test owns the stopwatch, not the clock.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class InboxAttemptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Stopwatches _time = new();
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start_the_service() => _service = await RunningService.StartAsync(services => services.AddSingleton<TimeProvider>(_time));

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _service.DisposeAsync();

    [Test]
    public async Task A_client_whose_connection_breaks_again_and_again_loses_nothing()
    {
        await using var sender = await InstanceAsync("flap-sender");
        var sent = await SendAsync(sender, "client:flapping", "unread");

        for (var connection = 1; connection <= 12; connection++)
        {
            await using var flapping = await InstanceAsync("flapping");
            var received = (await ReceiveAsync(flapping))["payload"]!;
            Assert.That(((string?)received["content"], (int?)received["attempt"]), Is.EqualTo(("unread", 1)));
        }

        await using (var patient = await InstanceAsync("flapping"))
        {
            await ReceiveAsync(patient);
            _time.Advance(TimeSpan.FromSeconds(6));
        }

        await Eventually.That(() => _service.Database.TextAsync($"SELECT state || attempts FROM openclaw_system.notifications WHERE id = '{sent["id"]}'"), Is.EqualTo("accepted1"), Patience);
    }

    [Test]
    public async Task A_message_that_expires_or_is_never_acknowledged_is_dead_and_can_be_sent_again()
    {
        await using var sender = await InstanceAsync("late-sender");
        var expired = await SendAsync(sender, "client:late", "expires", ttl: 1);
        var ignored = await SendAsync(sender, "client:late", "ignored");
        await _service.Database.TextAsync($"UPDATE openclaw_system.notifications SET attempts = 9 WHERE id = '{ignored["id"]}' RETURNING 1");
        await Eventually.That(async () => await _service.Database.TextAsync($"SELECT expires_at < now() FROM openclaw_system.notifications WHERE id = '{expired["id"]}'"), Is.EqualTo("True"), Patience);
        await using (var silent = await InstanceAsync("late"))
        {
            Assert.That((string?)(await ReceiveAsync(silent))["payload"]!["content"], Is.EqualTo("ignored"), "What has expired is not sent.");
            _time.Advance(TimeSpan.FromSeconds(31));
            await StateAsync(sender, ignored, "dead", "It was sent 10 times and never acknowledged.");
        }

        await _service.TriggerAsync(Recurring.MessageExpiry);
        await StateAsync(sender, expired, "dead", "It expired before it could be delivered.");
        Assert.That((bool?)(await sender.RequestAsync("messages.resend", new JsonObject { ["id"] = Guid.NewGuid().ToString() }))["ok"], Is.False);

        var again = await sender.CallAsync("messages.resend", new JsonObject { ["id"] = (string)ignored["id"]! });
        Assert.That((string?)(await sender.CallAsync("messages.resend", new JsonObject { ["id"] = (string)ignored["id"]! }))["id"], Is.EqualTo((string?)again["id"]));
        await using var back = await InstanceAsync("late");
        Assert.That((string?)(await ReceiveAsync(back))["payload"]!["content"], Is.EqualTo("ignored"));
    }

    private static async Task<JsonNode> SendAsync(GatewayClient sender, string to, string content, int? ttl = null)
    {
        var message = new JsonObject { ["to"] = to, ["content"] = content };
        if (ttl is not null)
        {
            message["ttlSeconds"] = ttl;
        }

        return await sender.CallAsync("messages.send", message);
    }

    private static async Task<JsonNode> ReceiveAsync(GatewayClient receiver)
    {
        await Eventually.That(() => receiver.Events("message").Count(), Is.GreaterThanOrEqualTo(1), Patience);
        return receiver.Events("message").First();
    }

    private static async Task StateAsync(GatewayClient client, JsonNode message, string state, string reason) => await Eventually.That(
        async () => (await client.CallAsync("messages.list", new JsonObject { ["to"] = "client:late" }))["messages"]!.AsArray()
            .Where(row => (string?)row!["id"] == (string?)message["id"]).Select(row => $"{row!["state"]}: {row["state_reason"]}").Single(),
        Is.EqualTo($"{state}: {reason}"),
        Patience);

    private Task<GatewayClient> InstanceAsync(string instance) => GatewayClient.ConnectAsAsync(_service.Address, instance);

    /// <summary>What is measured takes longer than it does.</summary>
    private sealed class Stopwatches : TimeProvider
    {
        private long _ahead;

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);
    }
}
