using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Turns and conversations over the wire.</summary>
public sealed class RunTests : GatewayFixture
{
    [Test]
    public async Task Schedules_are_listed_page_by_page_as_the_official_client_checks_them()
    {
        var agent = await AgentAsync("well-planned");
        await using var client = await ConnectAsync();
        var first = await PageAsync(0);
        await client.CallAsync("cron.add", new JsonObject
        {
            ["name"] = "Test",
            ["agentId"] = agent,
            ["schedule"] = new JsonObject { ["kind"] = "every", ["everyMs"] = 3_600_000 },
            ["enabled"] = false,
            ["sessionTarget"] = "main",
            ["wakeMode"] = "now",
            ["payload"] = new JsonObject { ["kind"] = "agentTurn", ["message"] = "hello" },
        });

        var (one, two) = (await PageAsync(0), await PageAsync(1));

        Assert.That(((int)one["total"]!, (int)one["limit"]!, (bool)one["hasMore"]!, (int)one["nextOffset"]!), Is.EqualTo((2, 1, true, 1)));
        Assert.That(((int)two["offset"]!, (bool)two["hasMore"]!), Is.EqualTo((1, false)));
        Assert.That(two.AsObject().TryGetPropertyValue("nextOffset", out var none) && none is null, Is.True, "null, and not absent");
        Assert.That((string?)one["snapshotRevision"], Is.EqualTo((string?)two["snapshotRevision"]).And.Not.EqualTo((string?)first["snapshotRevision"]));
        Assert.That((int)(await client.CallAsync("cron.list", new JsonObject { ["agentId"] = agent, ["includeDisabled"] = false }))["total"]!, Is.EqualTo(1));

        Task<JsonNode> PageAsync(int offset) => client.CallAsync("cron.list", new JsonObject { ["agentId"] = agent, ["limit"] = 1, ["offset"] = offset });
    }

    [Test]
    public async Task A_run_is_accepted_told_in_events_and_answered_in_this_order()
    {
        var agent = await AgentAsync("ordered");
        await using var client = await ConnectAsync();

        var final = await client.RequestAsync("agent", new JsonObject { ["message"] = "one", ["agentId"] = agent, ["idempotencyKey"] = "run-1" });

        Assert.That((string?)final["payload"]!["result"]!["payloads"]![0]!["text"], Is.EqualTo("echo (no model behind this): one"));
        Assert.That(
            client.Received.Select(Describe).Where(frame => frame is not null),
            Is.EqualTo(new[] { "accepted", "agent lifecycle start", "agent assistant", "chat delta", "agent lifecycle end", "chat final", "ok completed" }));
        var events = client.Events("agent").Concat(client.Events("chat")).ToList();
        Assert.That(events.Select(frame => (string?)frame["payload"]!["runId"]), Is.All.EqualTo("run-1"));
        Assert.That(events.Select(frame => (string?)frame["payload"]!["sessionKey"]), Is.All.EqualTo($"agent:{agent}:main"));
        var seqs = client.Received.Where(frame => (string?)frame["type"] == "event" && frame["seq"] is not null).Select(frame => (long)frame["seq"]!).ToList();
        Assert.That(seqs, Is.EqualTo(Enumerable.Range(1, seqs.Count)), "Without a gap.");

        static string? Describe(JsonNode frame) => ((string?)frame["event"], (string?)frame["payload"]?["status"]) switch
        {
            ("agent", _) => string.Join(' ', new[] { "agent", (string?)frame["payload"]!["stream"], (string?)frame["payload"]!["data"]!["phase"] }.Where(part => part is not null)),
            ("chat", _) => $"chat {(string?)frame["payload"]!["state"]}",
            (null, "accepted") => "accepted",
            (null, "ok") => $"ok {(string?)frame["payload"]!["summary"]}",
            _ => null,
        };
    }

    [TestCase("/stop", "chat.send", "sessionKey")]
    [TestCase("Cancel", "chat.send", "sessionKey")]
    [TestCase("halt!", "sessions.send", "key")]
    public async Task A_word_that_halts_ends_the_runs_of_its_conversation_and_is_no_message(string word, string method, string field)
    {
        var created = await Service.Api.PostAsync("/api/v1/agents/provision", new { name = $"halted {word}", model = "local/echo", heartbeat = new { enabled = false }, configuration = new { turn_delay_ms = 60_000 } });
        await Eventually.That(async () => (await Service.Api.GetJsonAsync($"/api/v1/agents/{created.AgentId}")).Text("status"), Is.EqualTo("running"), TimeSpan.FromSeconds(20));
        await using var client = await ConnectAsync();
        string Key(string session) => $"agent:{created.AgentId}:{session}";
        foreach (var (session, run) in new[] { ("main", $"one {word}"), ("main", $"two {word}"), ("other", $"three {word}") })
        {
            await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = Key(session), ["message"] = "work", ["idempotencyKey"] = run });
        }

        var answer = await client.CallAsync(method, new JsonObject { [field] = Key("main"), ["message"] = word, ["idempotencyKey"] = $"stop {word}" });

        Assert.That((bool)answer["aborted"]!, Is.True);
        Assert.That(answer["runIds"]!.AsArray().Select(run => (string)run!), Is.EquivalentTo(new[] { $"one {word}", $"two {word}" }));
        await Eventually.That(() => Service.Database.TextAsync($"SELECT string_agg(state, ', ' ORDER BY sequence) FROM openclaw_system.notifications WHERE agent_id = '{created.AgentId}' AND sender = 'gateway'"), Is.EqualTo("dead, dead, accepted"));
    }

    [Test]
    public async Task The_same_key_is_the_same_run()
    {
        var agent = await AgentAsync("repeated");
        await using var client = await ConnectAsync();
        var request = new JsonObject { ["message"] = "once", ["agentId"] = agent, ["idempotencyKey"] = "run-again" };

        var first = await client.CallAsync("agent", request);
        var second = await client.CallAsync("agent", request);

        Assert.That((string?)second["result"]!["payloads"]![0]!["text"], Is.EqualTo((string?)first["result"]!["payloads"]![0]!["text"]));
        Assert.That((await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = $"agent:{agent}:main", ["message"] = "once", ["idempotencyKey"] = "run-again" }))["status"]!.GetValue<string>(), Is.EqualTo("ok"));
        Assert.That((long)(await HistoryAsync(client, $"agent:{agent}:main"))["totalMessages"]!, Is.EqualTo(2));
        Assert.That((string?)(await client.CallAsync("agent.wait", new JsonObject { ["runId"] = "run-again" }))["status"], Is.EqualTo("ok"));
        Assert.That((string?)(await client.CallAsync("agent.wait", new JsonObject { ["runId"] = "unknown", ["timeoutMs"] = 0 }))["status"], Is.EqualTo("timeout"));
    }

    [Test]
    public async Task A_conversation_is_kept_listed_named_and_begun_anew()
    {
        var agent = await AgentAsync("talkative");
        await using var client = await ConnectAsync();
        var key = $"agent:{agent}:notes";
        await client.CallAsync("sessions.subscribe");
        Assert.That((string?)(await client.CallAsync("sessions.messages.subscribe", new JsonObject { ["key"] = key }))["key"], Is.EqualTo(key));

        await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = "remember me", ["idempotencyKey"] = "note-1" });

        await Eventually.That(() => client.Events("session.message").Select(frame => (string?)frame["payload"]!["message"]!["role"]), Is.EqualTo(new[] { "user", "assistant" }), TimeSpan.FromSeconds(20));
        var history = await HistoryAsync(client, key);
        Assert.That(
            history["messages"]!.AsArray().Select(message => ((string?)message!["role"], (string?)message["content"]![0]!["text"])),
            Is.EqualTo(new[] { ("user", "remember me"), ("assistant", "echo (no model behind this): remember me") }));
        await client.CallAsync("sessions.patch", new JsonObject { ["key"] = key, ["label"] = "Notes" });
        var listed = (await client.CallAsync("sessions.list", new JsonObject { ["agentId"] = agent }))["sessions"]!.AsArray();
        Assert.That(listed.Select(session => ((string?)session!["key"], (string?)session["label"])), Is.EqualTo(new[] { (key, "Notes") }));

        await client.CallAsync("sessions.reset", new JsonObject { ["key"] = key });

        Assert.That((long)(await HistoryAsync(client, key))["totalMessages"]!, Is.Zero);
        Assert.That(client.Events("sessions.changed").Count(), Is.EqualTo(2));
        Assert.That((await HistoryAsync(client, $"agent:{agent}:never"))["messages"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_paused_agent_takes_no_runs_but_its_messages_wait_in_order()
    {
        var agent = await AgentAsync("sleepy");
        await using var client = await ConnectAsync();
        await WorkflowAsync(client, await client.CallAsync("agents.pause", new JsonObject { ["agentId"] = agent }));

        var refused = await client.RequestAsync("agent", new JsonObject { ["message"] = "hey", ["agentId"] = agent, ["idempotencyKey"] = "too-early" });
        foreach (var word in new[] { "first", "second", "third" })
        {
            Assert.That((string?)(await client.CallAsync("messages.send", new JsonObject { ["to"] = agent, ["content"] = word }))["state"], Is.EqualTo("parked"));
        }

        Assert.That(((string?)refused["error"]!["code"], (string?)refused["error"]!["details"]!["code"]), Is.EqualTo(("UNAVAILABLE", "AGENT_PAUSED")));
        Assert.That((await client.CallAsync("agents.checkpoints", new JsonObject { ["agentId"] = agent }))["checkpoints"]!.AsArray(), Has.Count.EqualTo(1));
        await client.CallAsync("agents.resume", new JsonObject { ["agentId"] = agent });
        await Eventually.That(
            async () => (await HistoryAsync(client, $"agent:{agent}:main"))["messages"]!.AsArray().Where(message => (string?)message!["role"] == "assistant").Select(message => (string?)message!["content"]![0]!["text"]),
            Is.EqualTo(new[] { "first", "second", "third" }.Select(word => $"echo (no model behind this): {word}")),
            TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task Workflows_are_listed_shown_and_acted_on()
    {
        await using var client = await ConnectAsync();
        var failed = await client.CallAsync("agents.create", new JsonObject { ["name"] = "nowhere", ["model"] = "nobody/knows" });
        var workflow = (string)failed["workflowUuid"]!;
        var one = new JsonObject { ["workflowUuid"] = workflow };
        await Eventually.That(async () => (string?)(await client.CallAsync("workflows.get", one))["workflow"]!["status"], Is.EqualTo("ERROR"), TimeSpan.FromSeconds(20));

        Assert.That((await client.CallAsync("workflows.list", new JsonObject { ["status"] = "ERROR" }))["workflows"]!.AsArray().Select(row => (string?)row!["workflow_uuid"]), Does.Contain(workflow));
        Assert.That((string?)(await client.RequestAsync("workflows.cancel", one))["error"]!["message"], Is.EqualTo("The workflow has ended; there is nothing to cancel."));
        Assert.That((string?)(await client.CallAsync("workflows.resume", one))["workflow_uuid"], Is.EqualTo(workflow));
        Assert.That((string?)(await client.RequestAsync("workflows.get", new JsonObject { ["workflowUuid"] = Guid.NewGuid().ToString() }))["error"]!["details"]!["code"], Is.EqualTo("workflow_not_found"));
    }

    [Test]
    public async Task Status_presence_and_heartbeats_are_told()
    {
        var agent = await AgentAsync("known");
        await using var client = await ConnectAsync();
        var beat = await client.CallAsync("agents.heartbeat", new JsonObject { ["agentId"] = agent });
        await WorkflowAsync(client, beat);

        Assert.That((await client.CallAsync("system-presence")).AsArray().Select(entry => (string?)entry!["mode"]), Is.EqualTo(new[] { "gateway", "test" }));
        await Eventually.That(async () => (await client.CallAsync("status"))["heartbeat"]!["agents"]!.AsArray().Select(row => (string?)row!["agentId"]), Does.Contain(agent));
        Assert.That((string?)(await client.CallAsync("last-heartbeat"))["status"], Is.EqualTo("ok-empty"));
        Assert.That((string?)(await client.CallAsync("agent.identity.get", new JsonObject { ["agentId"] = agent }))["name"], Is.EqualTo("known"));
        await client.CallAsync("agents.update", new JsonObject { ["agentId"] = agent, ["name"] = "renamed" });
        await WorkflowAsync(client, await client.CallAsync("agents.delete", new JsonObject { ["agentId"] = agent }));
        Assert.That((await client.CallAsync("agents.list"))["agents"]!.AsArray().Select(row => (string?)row!["id"]), Does.Not.Contain(agent));
    }

    [Test]
    public async Task Heartbeats_are_scheduled_jobs()
    {
        var agent = await AgentAsync("punctual");
        await using var client = await ConnectAsync();
        var one = new JsonObject { ["id"] = $"heartbeat:{agent}" };

        var updated = await client.CallAsync("cron.update", new JsonObject
        {
            ["id"] = $"heartbeat:{agent}",
            ["patch"] = new JsonObject { ["enabled"] = true, ["schedule"] = new JsonObject { ["kind"] = "every", ["everyMs"] = 7_200_000 } },
        });
        var run = await client.CallAsync("cron.run", one);

        Assert.That((long)updated["schedule"]!["everyMs"]!, Is.EqualTo(7_200_000));
        Assert.That((await client.CallAsync("cron.list"))["jobs"]!.AsArray().Select(job => (string?)job!["id"]), Does.Contain($"heartbeat:{agent}"));
        Assert.That((int)(await client.CallAsync("cron.status"))["jobs"]!, Is.Positive);
        await WorkflowAsync(client, new JsonObject { ["workflowUuid"] = (string)run["runId"]! });
        Assert.That((long)(await client.CallAsync("cron.get", one))["state"]!["lastRunAtMs"]!, Is.Positive);
        Assert.That(
            (await client.CallAsync("cron.runs", one))["entries"]!.AsArray().Select(entry => ((string?)entry!["runId"], (string?)entry["status"])),
            Is.EqualTo(new[] { ((string?)run["runId"], "ok") }));
        Assert.That((string?)(await client.RequestAsync("cron.get", new JsonObject { ["id"] = "nope" }))["error"]!["details"]!["code"], Is.EqualTo("CRON_JOB_NOT_FOUND"));
        Assert.That((bool)(await client.CallAsync("wake", new JsonObject { ["mode"] = "now", ["text"] = "look", ["agentId"] = agent }))["ok"]!, Is.True);
    }

    private static Task<JsonNode> HistoryAsync(GatewayClient client, string key) => client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });

    private static async Task WorkflowAsync(GatewayClient client, JsonNode started) => await Eventually.That(
        async () => (string?)(await client.CallAsync("workflows.get", new JsonObject { ["workflowUuid"] = (string)started["workflowUuid"]! }))["workflow"]!["status"],
        Is.EqualTo("SUCCESS"),
        TimeSpan.FromSeconds(20));
}
