using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Conversations that begin before anything is said, and that are deleted.</summary>
public sealed class SessionTests : GatewayFixture
{
    [Test]
    public async Task A_session_is_created_with_a_name_and_first_words()
    {
        var agent = await AgentAsync("host");
        await using var client = await ConnectAsync();

        var silent = await client.CallAsync("sessions.create", new JsonObject { ["agentId"] = agent, ["label"] = "Later" });
        var spoken = await client.CallAsync("sessions.create", new JsonObject { ["agentId"] = agent, ["key"] = "talk", ["message"] = "hello" });

        Assert.That((string)silent["key"]!, Does.StartWith($"agent:{agent}:dashboard:"));
        Assert.That(((bool)silent["runStarted"]!, (string?)silent["entry"]!["label"], (string?)silent["sessionId"]), Is.EqualTo((false, "Later", (string?)silent["entry"]!["sessionId"])));
        Assert.That(((bool)spoken["runStarted"]!, (string?)spoken["key"]), Is.EqualTo((true, $"agent:{agent}:talk")));
        await Eventually.That(() => HistoryAsync(client, $"agent:{agent}:talk"), Is.EqualTo(new[] { "hello", "echo (no model behind this): hello" }), TimeSpan.FromSeconds(20));
        Assert.That(
            (await client.CallAsync("sessions.list", new JsonObject { ["agentId"] = agent }))["sessions"]!.AsArray().Select(row => (string?)row!["key"]),
            Is.EquivalentTo(new[] { (string?)silent["key"], (string?)spoken["key"] }));
    }

    [Test]
    public async Task A_deleted_session_begins_anew_while_the_agent_keeps_its_messages()
    {
        var agent = await AgentAsync("forgetful");
        await using var client = await ConnectAsync();
        var (key, words) = ($"agent:{agent}:notes", new JsonObject { ["key"] = $"agent:{agent}:notes" });
        await SayAsync("secret");

        Assert.That((bool)(await client.CallAsync("sessions.delete", words))["deleted"]!, Is.True);
        Assert.That((bool)(await client.CallAsync("sessions.delete", words))["deleted"]!, Is.False);

        Assert.That((await client.CallAsync("sessions.describe", words))["session"], Is.Null);
        Assert.That(await HistoryAsync(client, key), Is.Empty);
        await SayAsync("anew");
        Assert.That(await HistoryAsync(client, key), Is.EqualTo(new[] { "anew", "echo (no model behind this): anew" }));
        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE session_key = '{key}'"), Is.EqualTo("4"));
        Assert.That(
            (string?)(await client.RequestAsync("sessions.delete", new JsonObject { ["key"] = "main", ["agentId"] = agent }))["error"]!["message"],
            Does.Contain("main session"));

        Task SayAsync(string text) => client.CallAsync("agent", new JsonObject { ["message"] = text, ["sessionKey"] = key, ["idempotencyKey"] = text });
    }

    private static async Task<IEnumerable<string?>> HistoryAsync(GatewayClient client, string key) =>
        (await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key }))["messages"]!.AsArray().Select(message => (string?)message!["content"]![0]!["text"]);
}
