using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>What the gateway says of itself, as official clients read it.</summary>
public sealed class SystemTests : GatewayFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Health_and_status_have_what_the_command_line_shows()
    {
        var (one, two) = (await AgentAsync("busy"), await AgentAsync("idle"));
        await using var client = await ConnectAsync();
        foreach (var session in new[] { "first", "second" })
        {
            await client.CallAsync("agent", new JsonObject { ["sessionKey"] = $"agent:{one}:{session}", ["message"] = "hello", ["idempotencyKey"] = $"health {session}" });
        }

        await Eventually.That(async () => Counts((await client.CallAsync("health"))["agents"]!), Is.SupersetOf(new[] { (one, 2), (two, 0) }), Patience);
        var health = await client.CallAsync("health");
        var status = await client.CallAsync("status", new JsonObject { ["includeChannelSummary"] = false, ["includeCliProjection"] = true });

        var busy = health["agents"]!.AsArray().Single(agent => (string?)agent!["agentId"] == one)!;
        Assert.That(busy["sessions"]!["recent"]!.AsArray().Select(session => (string?)session!["key"]), Is.EqualTo(new[] { $"agent:{one}:second", $"agent:{one}:first" }));
        Assert.That(((string?)busy["name"], (string?)busy["sessions"]!["path"], (int)busy["heartbeat"]!["ackMaxChars"]!), Is.EqualTo(("busy", "postgresql:openclaw.sessions", 300)));
        Assert.That((string?)health["sessions"]!["path"], Is.EqualTo("postgresql:openclaw.sessions"));
        Assert.That(Counts(status["sessions"]!["byAgent"]!), Is.SupersetOf(new[] { (one, 2), (two, 0) }));
        Assert.That(((string?)status["sessions"]!["defaults"]!["model"], (string?)status["sessions"]!["paths"]![0]), Is.EqualTo(("local/echo", "postgresql:openclaw.sessions")));
        Assert.That((string?)status["sessions"]!["recent"]![0]!["model"], Is.EqualTo("local/echo"));
        Assert.That(status["cliProjection"]!["agents"]!["rows"]!.AsArray().Select(row => (string?)row!["id"]), Is.SupersetOf(new[] { one, two }));
        Assert.That(status["tasks"]!["byStatus"]!.AsObject().Sum(part => (long)part.Value!), Is.EqualTo((long)status["tasks"]!["total"]!));
        Assert.That(status["tasks"]!["byRuntime"]!.AsObject().Sum(part => (long)part.Value!), Is.EqualTo((long)status["tasks"]!["total"]!));
        Assert.That((await client.CallAsync("status"))["cliProjection"], Is.Null);
    }

    [Test]
    public async Task The_hello_says_that_models_are_listed_and_the_list_has_those_of_runtimes_and_of_agents()
    {
        await AgentAsync("echoing");
        await using var client = await ConnectAsync();
        await client.CallAsync("agents.create", new JsonObject { ["name"] = "served", ["model"] = "session/worker" });
        var hello = client.Received.Single(frame => (string?)(frame["payload"] as JsonObject)?["type"] == "hello-ok");

        var listed = await client.CallAsync("models.list", new JsonObject { ["view"] = "all", ["refresh"] = true, ["includeDetails"] = true });
        var some = await client.CallAsync("models.list", new JsonObject { ["provider"] = "session", ["agentId"] = "main" });

        Assert.That(hello["payload"]!["features"]!["capabilities"]!.AsArray().Select(capability => (string?)capability), Does.Contain("published-model-catalog"));
        Assert.That(
            listed["models"]!.AsArray().Select(model => ((string?)model!["provider"], (string?)model["id"], (bool)model["available"]!)),
            Is.SupersetOf(new[] { ("local", "echo", true), ("session", "worker", true) }));
        Assert.That(listed["models"]!.AsArray().Single(model => (string?)model!["id"] == "echo")!["thinkingLevels"]![0]!["id"]!.GetValue<string>(), Is.EqualTo("off"));
        Assert.That(some["models"]!.AsArray().Select(model => (string?)model!["id"]), Is.EqualTo(new[] { "worker" }));
        foreach (var (member, value) in new[] { ("view", "some"), ("authProfileId", "mine"), ("bogus", "x") })
        {
            Assert.That((string?)(await client.RequestAsync("models.list", new JsonObject { [member] = value }))["error"]!["message"], Does.Contain(member));
        }
    }

    [Test]
    public async Task The_log_is_told_from_where_it_was_read_and_without_secrets()
    {
        await using var client = await ConnectAsync();
        var first = await client.CallAsync("logs.tail", new JsonObject { ["limit"] = 1 });
        await client.RequestAsync("workflows.fork", new JsonObject { ["workflowUuid"] = Guid.NewGuid().ToString(), ["step"] = "none" });

        var next = await client.CallAsync("logs.tail", new JsonObject { ["cursor"] = (long)first["cursor"]! });
        var elsewhere = await client.CallAsync("logs.tail", new JsonObject { ["cursor"] = 12 });
        var all = await client.CallAsync("logs.tail", new JsonObject { ["limit"] = 5_000 });

        Assert.That(((bool)first["reset"]!, (bool)next["reset"]!, (bool)elsewhere["reset"]!), Is.EqualTo((false, false, true)));
        Assert.That((long)next["cursor"]!, Is.GreaterThanOrEqualTo((long)first["cursor"]!));
        var lines = all["lines"]!.AsArray().Select(line => JsonNode.Parse((string)line!)!).ToList();
        Assert.That(lines.Select(line => (string?)line["message"]), Is.All.Not.Empty);
        Assert.That(lines.Select(line => (string?)line["level"]), Is.SubsetOf(new[] { "debug", "info", "warn", "error", "fatal" }));
        Assert.That(all["lines"]!.ToJsonString(), Does.Not.Contain(Web.Support.RunningService.Token));
        Assert.That((string?)(await client.RequestAsync("logs.tail", new JsonObject { ["cursor"] = -1 }))["error"]!["message"], Does.Contain("/cursor"));
    }

    [TestCase("/status", "on local/echo")]
    [TestCase(" /HELP ", "/compact")]
    [TestCase("/compact what we said", "Nothing to compact")]
    public async Task A_slash_command_is_answered_by_the_gateway_and_not_by_the_agent(string text, string answer)
    {
        var agent = await AgentAsync($"asked{Guid.NewGuid():N}");
        await using var client = await ConnectAsync();

        var started = await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = $"agent:{agent}:main", ["message"] = text, ["idempotencyKey"] = $"slash {agent}" });

        Assert.That((string?)started["status"], Is.EqualTo("started"));
        var final = await Eventually.That(() => client.Events("chat").Select(frame => frame["payload"]!).SingleOrDefault(chat => (string?)chat["runId"] == $"slash {agent}" && (string?)chat["state"] == "final"), Is.Not.Null, Patience);
        Assert.That((string?)final!["message"]!["content"]![0]!["text"], Does.Contain(answer).And.Not.Contain("echo (no model"));
        var history = (await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = $"agent:{agent}:main" }))["messages"]!.AsArray();
        Assert.That(history.Select(message => (string?)message!["role"]), Is.EqualTo(new[] { "user", "assistant" }));
        Assert.That((string?)history[1]!["content"]![0]!["text"], Is.EqualTo((string?)final["message"]!["content"]![0]!["text"]));
        var again = await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = $"agent:{agent}:main", ["message"] = text, ["idempotencyKey"] = $"slash {agent}" });
        Assert.That((string?)again["status"], Is.EqualTo("ok"));
        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'route_message' AND agent_id = (SELECT agent_id FROM openclaw.sessions WHERE key = 'agent:{agent}:main')"), Is.EqualTo("0"));
    }

    [Test]
    public async Task What_the_gateway_does_not_know_behind_a_slash_goes_to_the_agent()
    {
        var agent = await AgentAsync("told");
        await using var client = await ConnectAsync();

        await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = $"agent:{agent}:main", ["message"] = "/statusquo", ["idempotencyKey"] = "slash-unknown" });

        await Eventually.That(
            () => client.Events("chat").Select(frame => frame["payload"]!).Where(chat => (string?)chat["state"] == "final").Select(chat => (string?)chat["message"]!["content"]![0]!["text"]),
            Does.Contain("echo (no model behind this): /statusquo"), Patience);
        var listed = (await client.CallAsync("commands.list", new JsonObject { ["agentId"] = agent, ["includeArgs"] = true, ["scope"] = "both" }))["commands"]!.AsArray();
        Assert.That(listed.Select(command => (string?)command!["textAliases"]![0]), Is.SupersetOf(new[] { "/status", "/help", "/compact", "/stop" }));
    }

    [Test]
    public async Task What_is_wanted_of_a_run_is_done_or_refused()
    {
        var agent = await AgentAsync("plain");
        await using var client = await ConnectAsync();

        foreach (var (member, value, words) in new (string, JsonNode?, string)[]
        {
            ("thinking", "high", "Use one of: off"), ("thinking", "\ud83d\ude00", "Use one of: off"), ("model", "openai/gpt-5", "cannot be used"), ("model", "nobody/gpt-5", "/model"),
            ("deliver", true, "replyChannel"), ("thinking", new string('x', 300), "/thinking"),
        })
        {
            foreach (var (method, target) in new[] { ("agent", "agentId"), ("chat.send", "sessionKey"), ("sessions.send", "key") })
            {
                var asked = new JsonObject { [target] = target == "agentId" ? agent : $"agent:{agent}:main", ["message"] = "hello", ["idempotencyKey"] = $"no {member} {method}", [member] = value!.DeepClone() };
                if (method != "agent" && member == "model")
                {
                    continue;
                }

                Assert.That((string?)(await client.RequestAsync(method, asked))["error"]?["message"], Does.Contain(words), $"{method} {member}");
            }
        }

        foreach (var (channel, to, words) in new[] { ("telegram", "+491701234567", "no channel 'telegram'"), ("whatsapp", "nobody", "/replyTo"), ("whatsapp", "+491701234567", "WhatsApp is not set up") })
        {
            var asked = new JsonObject { ["agentId"] = agent, ["message"] = "hello", ["idempotencyKey"] = "no", ["deliver"] = true, ["replyChannel"] = channel, ["replyTo"] = to };
            Assert.That((string?)(await client.RequestAsync("agent", asked))["error"]!["message"], Does.Contain(words));
        }

        var taken = new JsonObject
        {
            ["agentId"] = agent,
            ["message"] = "hello",
            ["idempotencyKey"] = "yes",
            ["thinking"] = "off",
            ["model"] = "echo",
            ["provider"] = "local",
            ["deliver"] = false,
            ["replyChannel"] = "telegram",
        };
        Assert.That((string?)(await client.CallAsync("agent", taken))["status"], Is.EqualTo("ok"));
        Assert.That(await Service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE message_id LIKE 'no%' AND sender = 'gateway'"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Usage_is_told_for_each_day_that_was_asked_for()
    {
        var agent = await AgentAsync("counted");
        var id = await Service.Database.TextAsync("SELECT id FROM openclaw.agents WHERE name = 'counted'");
        await Service.Database.TextAsync(
            $"INSERT INTO openclaw.agent_usage (agent_id, day, turns, input_tokens, output_tokens) VALUES ('{id}', '2026-01-30', 2, 30, 4), ('{id}', '2026-02-01', 1, 5, 6), ('{id}', '2025-12-31', 9, 9, 9) RETURNING 1");
        await using var client = await ConnectAsync();

        var cost = await client.CallAsync("usage.cost", new JsonObject { ["agentId"] = agent, ["startDate"] = "2026-01-30", ["endDate"] = "2026-02-01" });

        Assert.That(
            cost["daily"]!.AsArray().Select(day => ((string?)day!["date"], (long)day["totalTokens"]!, (long)day["missingCostEntries"]!)),
            Is.EqualTo(new[] { ("2026-01-30", 34L, 2L), ("2026-01-31", 0L, 0L), ("2026-02-01", 11L, 1L) }));
        Assert.That(((int)cost["days"]!, (long)cost["totals"]!["input"]!, (long)cost["totals"]!["output"]!, (decimal)cost["totals"]!["totalCost"]!), Is.EqualTo((3, 35L, 10L, 0m)));
        Assert.That((await client.CallAsync("usage.cost", new JsonObject { ["days"] = 7, ["agentScope"] = "all" }))["daily"]!.AsArray(), Has.Count.EqualTo(7));
        foreach (var (member, value) in new (string, JsonNode?)[] { ("startDate", "2026-13-01"), ("startDate", "2019-01-01"), ("range", "ever"), ("days", 0), ("agentId", "nobody") })
        {
            Assert.That((bool)(await client.RequestAsync("usage.cost", new JsonObject { [member] = value }))["ok"]!, Is.False, $"{member} {value}");
        }
    }

    private static IEnumerable<(string?, int)> Counts(JsonNode agents) => agents.AsArray().Select(agent => ((string?)agent!["agentId"], (int)(agent["sessions"]?["count"] ?? agent["count"])!));
}
