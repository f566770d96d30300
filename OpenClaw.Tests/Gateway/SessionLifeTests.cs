using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Conversations that follow others, are put away, read in other ways, and counted.</summary>
public sealed class SessionLifeTests : GatewayFixture
{
    [Test]
    public async Task A_conversation_that_follows_another_is_begun_as_terminals_do_it()
    {
        var agent = await AgentAsync("renewed");
        await using var client = await ConnectAsync();
        await client.CallAsync("sessions.subscribe");
        var parent = (string)(await client.CallAsync("sessions.create", new JsonObject { ["agentId"] = agent, ["key"] = "main" }))["key"]!;

        var created = await client.CallAsync("sessions.create", new JsonObject
        {
            ["key"] = "tui-1",
            ["agentId"] = agent,
            ["parentSessionKey"] = "agent:renewed:main",
            ["succeedsParent"] = true,
            ["emitCommandHooks"] = true,
        });

        Assert.That(((string?)created["key"], (string?)created["entry"]!["parentSessionKey"]), Is.EqualTo(($"agent:{agent}:tui-1", parent)));
        Assert.That(
            client.Events("sessions.changed").Select(frame => frame["payload"]!).Select(said => ((string?)said["sessionKey"], (string?)said["reason"], (string?)said["session"]!["sessionId"] == (string?)said["sessionId"])),
            Is.EqualTo(new[] { (parent, "create", true), ($"agent:{agent}:tui-1", "create", true) }));
    }

    [TestCase("""{"key":"x","succeedsParent":true}""", "succeedsParent requires parentSessionKey")]
    [TestCase("""{"key":"x","parentSessionKey":"agent:main:never"}""", "unknown parent session: agent:main:never")]
    [TestCase("""{"key":"own-parent","parentSessionKey":"agent:main:own-parent"}""", "sessions.create key must differ from parentSessionKey")]
    [TestCase("""{"key":"x","fork":true}""", "at /fork: a conversation cannot begin with a copy of another one here")]
    [TestCase("""{"key":"x","worktree":true}""", "at /worktree: agents here have no folder")]
    [TestCase("""{"key":"x","thinkingLevel":"high"}""", "is not supported for local/echo")]
    public async Task What_a_conversation_cannot_begin_with_is_refused(string parameters, string problem)
    {
        await using var client = await ConnectAsync();
        await client.CallAsync("sessions.create", new JsonObject { ["key"] = "own-parent" });

        Assert.That((string?)((await client.RequestAsync("sessions.create", JsonNode.Parse(parameters)))["error"] as JsonObject)?["message"], Does.Contain(problem));
    }

    [Test]
    public async Task A_conversation_that_is_begun_twice_with_one_key_is_one()
    {
        var agent = await AgentAsync("once only");
        await using var client = await ConnectAsync();
        var parameters = new JsonObject { ["agentId"] = agent, ["message"] = "hello", ["idempotencyKey"] = "begun-once" };

        var (first, second) = (await client.CallAsync("sessions.create", parameters), await client.CallAsync("sessions.create", parameters));

        Assert.That(((string?)second["key"], (string?)second["sessionId"], (string?)second["runId"]), Is.EqualTo(((string?)first["key"], (string?)first["sessionId"], "begun-once")));
        Assert.That((int)(await client.CallAsync("sessions.list", new JsonObject { ["agentId"] = agent }))["totalCount"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task A_conversation_is_put_away_found_deleted_and_comes_back_when_it_is_used()
    {
        var agent = await AgentAsync("tidy");
        await using var client = await ConnectAsync();
        var key = $"agent:{agent}:old";
        var id = (string)(await client.CallAsync("sessions.create", new JsonObject { ["key"] = key }))["sessionId"]!;
        Assert.That(await ErrorAsync("sessions.delete", ("archivedOnly", true)), Does.Contain("is not archived. Archive it first"));
        Assert.That(await ErrorAsync("sessions.delete", ("expectedSessionId", "another")), Does.Contain("changed before deletion. Retry."));
        Assert.That(await ErrorAsync("sessions.delete", ("expectedSessionUpdatedAt", 5)), Does.Contain("changed before deletion. Retry."));

        var archived = await client.CallAsync("sessions.patch", With(("archived", true), ("expectedSessionId", id)));

        Assert.That(((bool?)archived["entry"]!["archived"], (long?)archived["entry"]!["archivedAt"] > 0), Is.EqualTo((true, true)));
        Assert.That((await ListAsync(null), await ListAsync(false), await ListAsync(true), await ListAsync("all")), Is.EqualTo((0, 0, 1, 1)));
        await client.CallAsync("agent", new JsonObject { ["sessionKey"] = key, ["message"] = "again", ["idempotencyKey"] = "back again" });
        Assert.That(await ListAsync(null), Is.EqualTo(1));
        await client.CallAsync("sessions.patch", With(("archived", true)));
        await using var writer = await ConnectAsync("operator.write");
        Assert.That((string?)(await writer.RequestAsync("sessions.delete", With()))["error"]!["message"], Is.EqualTo("missing scope: operator.admin"));
        var deleted = await writer.CallAsync("sessions.delete", With(("expectedSessionId", id), ("archivedOnly", true), ("deleteTranscript", true)));
        Assert.That(((bool)deleted["deleted"]!, deleted["archived"]!.AsArray().Count, await ListAsync("all")), Is.EqualTo((true, 0, 0)));

        async Task<int> ListAsync(JsonNode? which)
        {
            var parameters = new JsonObject { ["agentId"] = agent };
            if (which is not null)
            {
                parameters["archived"] = which;
            }

            return (int)(await client.CallAsync("sessions.list", parameters))["totalCount"]!;
        }

        async Task<string?> ErrorAsync(string method, (string Name, JsonNode Value) member) => (string?)((await client.RequestAsync(method, With(member)))["error"] as JsonObject)?["message"];

        JsonObject With(params (string Name, JsonNode Value)[] members)
        {
            var parameters = new JsonObject { ["key"] = key };
            foreach (var (name, value) in members)
            {
                parameters[name] = value;
            }

            return parameters;
        }
    }

    [Test]
    public async Task Pages_of_the_list_follow_each_other()
    {
        var agent = await AgentAsync("paged");
        await using var client = await ConnectAsync();
        foreach (var number in Enumerable.Range(1, 5))
        {
            await client.CallAsync("sessions.create", new JsonObject { ["key"] = $"agent:{agent}:s{number}" });
        }

        var seen = new List<string>();
        for (int? offset = 0; offset is { } at;)
        {
            var page = await client.CallAsync("sessions.list", new JsonObject { ["agentId"] = agent, ["limit"] = 2, ["offset"] = at, ["activeMinutes"] = 60 });
            seen.AddRange(page["sessions"]!.AsArray().Select(row => (string)row!["key"]!));
            Assert.That(((int)page["totalCount"]!, (bool)page["hasMore"]!), Is.EqualTo((5, page["nextOffset"] is not null)));
            offset = (int?)page["nextOffset"];
        }

        Assert.That(seen, Is.EqualTo(Enumerable.Range(1, 5).Reverse().Select(number => $"agent:{agent}:s{number}")));
    }

    [Test]
    public async Task What_was_said_is_read_whole_by_message_and_in_short()
    {
        var agent = await AgentAsync("quoted");
        await using var client = await ConnectAsync();
        var (key, asked, text) = ($"agent:{agent}:main", "agent:quoted:main", $"tell {string.Concat(Enumerable.Repeat("😀", 200))}");
        await client.CallAsync("agent", new JsonObject { ["sessionKey"] = key, ["message"] = text, ["idempotencyKey"] = "quoted" });

        var messages = (await client.CallAsync("sessions.get", new JsonObject { ["key"] = asked, ["limit"] = 20 }))["messages"]!.AsArray();
        var found = await client.CallAsync("chat.message.get", new JsonObject { ["sessionKey"] = asked, ["messageId"] = (string)messages[0]!["__openclaw"]!["id"]!, ["maxChars"] = 24 });
        var none = await client.CallAsync("chat.message.get", new JsonObject { ["sessionKey"] = asked, ["messageId"] = "none" });
        var previews = (await client.CallAsync("sessions.preview", new JsonObject { ["keys"] = new JsonArray(asked, "agent:quoted:never", "agent:nobody-there:main"), ["maxChars"] = 20 }))["previews"]!.AsArray();
        var row = (await client.CallAsync("sessions.describe", new JsonObject { ["key"] = asked, ["includeDerivedTitles"] = true, ["includeLastMessage"] = true }))["session"]!;
        var cut = await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = asked, ["maxChars"] = 6 });

        Assert.That(messages.Select(message => ((string?)message!["role"], (string?)message["content"]![0]!["text"])), Is.EqualTo(new[] { ("user", text), ("assistant", $"echo (no model behind this): {text}") }));
        Assert.That(((bool)found["ok"]!, (string?)found["message"]!["content"]![0]!["text"]), Is.EqualTo((true, $"tell {string.Concat(Enumerable.Repeat("😀", 9))}…")));
        Assert.That(((bool)none["ok"]!, (string?)none["unavailableReason"]), Is.EqualTo((false, "not_found")));
        Assert.That(previews.Select(preview => ((string?)preview!["key"], (string?)preview["status"], preview["items"]!.AsArray().Count)), Is.EqualTo(new[] { (asked, "ok", 2), ("agent:quoted:never", "missing", 0), ("agent:nobody-there:main", "missing", 0) }));
        Assert.That((string?)previews[0]!["items"]![1]!["text"], Is.EqualTo("echo (no model behin…"));
        Assert.That(((string)row["derivedTitle"]!, (string)row["lastMessagePreview"]!), Is.EqualTo(($"tell {string.Concat(Enumerable.Repeat("😀", 27))}…", $"echo (no model behind this): tell {string.Concat(Enumerable.Repeat("😀", 63))}…")));
        Assert.That(cut["messages"]!.AsArray().Select(message => (string?)message!["content"]![0]!["text"]), Is.EqualTo(new[] { "tell …", "echo (…" }));
        Assert.That((string?)(await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = asked, ["cursor"] = "from elsewhere" }))["kind"], Is.EqualTo("reset"));
    }

    [Test]
    public async Task There_is_nothing_to_compact_and_the_reason_is_said()
    {
        var agent = await AgentAsync("compact");
        await using var client = await ConnectAsync();
        Assert.That(await ReasonAsync(), Is.EqualTo("no sessionId"));
        await client.CallAsync("sessions.create", new JsonObject { ["key"] = $"agent:{agent}:side" });
        Assert.That(await ReasonAsync(), Is.EqualTo("no transcript"));
        await client.CallAsync("agent", new JsonObject { ["sessionKey"] = $"agent:{agent}:side", ["message"] = "hello", ["idempotencyKey"] = "compact" });
        Assert.That(await ReasonAsync(), Does.StartWith("what is oldest is left out by itself"));

        async Task<string?> ReasonAsync()
        {
            var answer = await client.CallAsync("sessions.compact", new JsonObject { ["key"] = "agent:compact:side" });
            Assert.That(((bool)answer["ok"]!, (bool)answer["compacted"]!, (string?)answer["key"]), Is.EqualTo((true, false, $"agent:{agent}:side")));
            return (string?)answer["reason"];
        }
    }

    [TestCase("""{"range":"7d"}""", null)]
    [TestCase("""{"range":"all","agentScope":"all"}""", null)]
    [TestCase("""{"startDate":"2020-01-01","endDate":"9999-12-31","mode":"utc","groupBy":"family"}""", null)]
    [TestCase("""{"startDate":"tomorrow"}""", "at /startDate: must be a day")]
    [TestCase("""{"startDate":"2027-01-02","endDate":"2027-01-01"}""", "must not be after endDate")]
    [TestCase("""{"range":"2d"}""", "at /range: must be equal to one of the allowed values")]
    [TestCase("""{"timeZone":"Europe/Berlin"}""", "days are counted in UTC")]
    [TestCase("""{"agentScope":"all","agentId":"main"}""", "agentScope=all cannot be combined")]
    public async Task Usage_is_of_whole_days(string parameters, string? problem)
    {
        await using var client = await ConnectAsync();

        var answer = await client.RequestAsync("sessions.usage", JsonNode.Parse(parameters));

        Assert.That((string?)(answer["error"] as JsonObject)?["message"], problem is null ? Is.Null : Does.Contain(problem));
    }

    [TestCase("/status", "Agent: commanded (running) on local/echo\nSession: agent:{0}:main\n")]
    [TestCase(" /usage cost", "commanded today: 0 tokens")]
    [TestCase("/compact keep the names", "Nothing to compact")]
    [TestCase("/help", "/status: How the agent")]
    public async Task A_text_with_a_slash_that_means_the_gateway_is_answered_by_it(string text, string answer)
    {
        var agent = await AgentAsync("commanded");
        await using var client = await ConnectAsync();

        var started = await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = $"agent:{agent}:main", ["message"] = text, ["idempotencyKey"] = text });

        await Eventually.That(() => Final(text), Does.Contain(string.Format(answer, agent)), TimeSpan.FromSeconds(20));
        Assert.That((string?)started["status"], Is.EqualTo("started"));
        await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = $"agent:{agent}:main", ["message"] = text, ["idempotencyKey"] = $"as it is {text}", ["suppressCommandInterpretation"] = true });
        await Eventually.That(() => Final($"as it is {text}"), Is.EqualTo($"echo (no model behind this): {text}"), TimeSpan.FromSeconds(20));
        Assert.That(
            (await client.CallAsync("sessions.get", new JsonObject { ["key"] = $"agent:{agent}:main" }))["messages"]!.AsArray().Count(message => (string?)message!["idempotencyKey"] == $"{text}:user"), Is.EqualTo(1));

        string? Final(string run) => client.Events("chat").Select(frame => frame["payload"]!)
            .Where(said => (string?)said["runId"] == run && (string?)said["state"] == "final").Select(said => (string?)said["message"]!["content"]![0]!["text"]).FirstOrDefault();
    }
}
