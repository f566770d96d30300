using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>A conversation answers by each name that it can be asked by, and by its id.</summary>
public sealed class ConversationKeyTests : GatewayFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [TestCase("agent:{0}:talk-{1}")]
    [TestCase("agent:{1}:talk-{1}")]
    public async Task The_history_of_a_conversation_says_by_which_key_its_events_come(string asked)
    {
        var name = $"keyed {Guid.NewGuid():N}"[..14].Trim();
        var agent = await AgentAsync(name);
        await using var client = await ConnectAsync();
        var plain = agent[..^13];
        var (key, canonical) = (string.Format(asked, agent, plain), $"agent:{agent}:talk-{plain}");

        var before = await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });

        Assert.That(((string?)before["sessionInfo"]!["key"], before["sessionInfo"]!["sessionId"], before["sessionId"], (int)before["totalMessages"]!), Is.EqualTo((canonical, (JsonNode?)null, (JsonNode?)null, 0)));
        Assert.That(((string?)before["defaults"]!["modelProvider"], (string?)before["defaults"]!["model"]), Is.EqualTo(("local", "echo")));
        await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = "hello", ["idempotencyKey"] = key });
        await Eventually.That(() => client.Events("chat").Any(frame => (string?)frame["payload"]!["state"] == "final"), Is.True, Patience);
        var after = await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });
        Assert.That(client.Events("chat").Select(frame => (string?)frame["payload"]!["sessionKey"]), Is.All.EqualTo((string?)after["sessionInfo"]!["key"]));
        Assert.That(((string?)after["sessionInfo"]!["sessionId"], (string?)after["sessionInfo"]!["status"]), Is.EqualTo(((string?)after["sessionId"], "done")));
        Assert.That(
            after["messages"]!.AsArray().Select(message => (string?)message!["idempotencyKey"] ?? (string?)message["__openclaw"]!["runId"]),
            Is.EqualTo(new[] { $"{key}:user", key }), "By these a client knows again what it has sent, and what came of it.");
    }

    [Test]
    public async Task What_a_run_has_said_so_far_is_in_the_history_of_who_comes_in_between()
    {
        var agent = await AgentAsync("slow to say");
        await using var client = await ConnectAsync();
        await Service.Database.ExecuteAsync($"UPDATE openclaw.agents SET configuration = '{{\"turn_delay_ms\": 60000}}' WHERE name = 'slow to say'");
        var key = $"agent:{agent}:main";
        await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = "hello", ["idempotencyKey"] = "in flight" });

        var history = await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });

        Assert.That(((string?)history["inFlightRun"]!["runId"], (string?)history["inFlightRun"]!["text"]), Is.EqualTo(("in flight", "")));
        Assert.That(((string?)history["sessionInfo"]!["status"], (string?)history["sessionInfo"]!["activeRunIds"]![0], (bool)history["sessionInfo"]!["isMain"]!), Is.EqualTo(("running", "in flight", true)));
        await client.CallAsync("chat.abort", new JsonObject { ["sessionKey"] = key });
    }

    [Test]
    public async Task Who_listens_to_all_conversations_hears_what_is_said_in_any()
    {
        var agent = await AgentAsync("overheard");
        await using var client = await ConnectAsync();
        await client.CallAsync("sessions.subscribe");

        await client.CallAsync("agent", new JsonObject { ["agentId"] = agent, ["message"] = "hello", ["idempotencyKey"] = "overheard" });

        await Eventually.That(
            () => client.Events("session.message").Select(frame => frame["payload"]!).Where(said => (string?)said["agentId"] == agent).Select(said => ((string?)said["message"]!["role"], (string?)said["runId"], said["messageId"] is not null, said["messageSeq"] is not null)),
            Is.EqualTo(new[] { ("user", "overheard", true, true), ("assistant", "overheard", true, true) }), Patience);
    }

    [Test]
    public async Task An_id_of_a_clients_own_is_a_conversation_of_its_own()
    {
        var agent = await AgentAsync("by id");
        await using var client = await ConnectAsync();
        await SayAsync(new JsonObject { ["agentId"] = agent }, "to the main one");
        await SayAsync(new JsonObject { ["agentId"] = agent, ["sessionId"] = "my-session-1" }, "one");
        await SayAsync(new JsonObject { ["agentId"] = agent, ["sessionId"] = "my-session-1" }, "two");

        var (main, own) = (await HistoryAsync($"agent:{agent}:main"), await HistoryAsync($"agent:{agent}:explicit:my-session-1"));
        await SayAsync(new JsonObject { ["sessionId"] = (string)own["sessionId"]! }, "three");
        await SayAsync(new JsonObject { ["sessionKey"] = $"agent:{agent}:explicit:my-session-1", ["sessionId"] = "my-session-1" }, "four");

        Assert.That((int)main["totalMessages"]!, Is.EqualTo(2));
        Assert.That(
            (await HistoryAsync($"agent:{agent}:explicit:my-session-1"))["messages"]!.AsArray().Where(message => (string?)message!["role"] == "user").Select(message => (string?)message!["content"]![0]!["text"]),
            Is.EqualTo(new[] { "one", "two", "three", "four" }));
        foreach (var sought in new[] { "my-session-1", (string)own["sessionId"]! })
        {
            var found = await client.CallAsync("sessions.resolve", new JsonObject { ["sessionId"] = sought, ["agentId"] = agent });
            Assert.That((string?)found["key"], Is.EqualTo($"agent:{agent}:explicit:my-session-1"));
        }

        Task<JsonNode> HistoryAsync(string key) => client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });

        Task SayAsync(JsonObject parameters, string text)
        {
            (parameters["message"], parameters["idempotencyKey"]) = (text, $"by id {text}");
            return client.CallAsync("agent", parameters);
        }
    }

    [TestCase("chat.history", "sessionKey")]
    [TestCase("chat.send", "sessionKey")]
    [TestCase("agent", "sessionKey")]
    [TestCase("chat.send", "sessionKey", "0190d1c6-7a5b-7c3d-8e4f-7dda56ef9764")]
    public async Task An_id_of_another_conversation_is_refused(string method, string keyField, string id = "my-other-session")
    {
        var agent = await AgentAsync($"mixed {method} {id[..2]}");
        await using var client = await ConnectAsync();
        var key = $"agent:{agent}:main";
        await client.CallAsync("sessions.create", new JsonObject { ["key"] = key });

        var answer = await client.RequestAsync(method, With(id));

        Assert.That((string?)answer["error"]!["message"], Does.StartWith("sessionId does not belong to sessionKey"));
        var own = (string)(await client.CallAsync("sessions.describe", new JsonObject { ["key"] = key }))["session"]!["sessionId"]!;
        Assert.That((bool)(await client.RequestAsync(method, With(own)))["ok"]!, Is.True);

        JsonObject With(string sessionId)
        {
            var parameters = new JsonObject { [keyField] = key, ["sessionId"] = sessionId };
            if (method is not "chat.history")
            {
                (parameters["message"], parameters["idempotencyKey"]) = ("hi", $"{method} {sessionId}");
            }

            return parameters;
        }
    }

    [Test]
    public async Task A_search_for_any_name_of_a_conversation_answers_under_that_name()
    {
        var agent = await AgentAsync("sought after");
        await using var client = await ConnectAsync();
        await client.CallAsync("sessions.create", new JsonObject { ["key"] = $"agent:{agent}:side", ["label"] = "Aside 100%" });

        foreach (var key in new[] { $"agent:{agent}:side", "agent:sought-after:side", "agent:sought after:side" })
        {
            Assert.That(await SearchAsync(key), Is.EqualTo(new[] { key }));
        }

        foreach (var text in new[] { "aside 100%", "SOUGHT AFTER", "after" })
        {
            Assert.That(await SearchAsync(text), Is.EqualTo(new[] { $"agent:{agent}:side" }));
        }

        foreach (var text in new[] { "aside_100", "agent:nobody-there:side", "agent:", "agent::side", "100%%" })
        {
            Assert.That((await SearchAsync(text)).Where(key => text != "agent:" && key!.Contains("sought", StringComparison.Ordinal)), Is.Empty, text);
        }

        async Task<IEnumerable<string?>> SearchAsync(string text) =>
            (await client.CallAsync("sessions.list", new JsonObject { ["search"] = text }))["sessions"]!.AsArray().Select(row => (string?)row!["key"]);
    }

    [Test]
    public async Task Whoever_looks_through_all_conversations_finds_each_by_its_other_names_too()
    {
        var agent = await AgentAsync("listed twice");
        await using var client = await ConnectAsync();
        await client.CallAsync("sessions.create", new JsonObject { ["key"] = $"agent:{agent}:side" });

        var asked = new JsonObject { ["agentId"] = agent, ["archived"] = "all", ["includeGlobal"] = true, ["includeUnknown"] = true, ["configuredAgentsOnly"] = true, ["limit"] = 100 };
        var page = await client.CallAsync("sessions.list", asked);

        Assert.That(page["sessions"]!.AsArray().Select(row => (string?)row!["key"]), Is.SupersetOf(new[] { $"agent:{agent}:side", "agent:listed-twice:side", "agent:listed twice:side" }));
        Assert.That(((int)page["totalCount"]!, (bool)page["hasMore"]!), Is.EqualTo((1, false)));
        asked["includeUnknown"] = false;
        Assert.That((await client.CallAsync("sessions.list", asked))["sessions"]!.AsArray().Select(row => (string?)row!["key"]), Is.EqualTo(new[] { $"agent:{agent}:side" }));
    }
}
