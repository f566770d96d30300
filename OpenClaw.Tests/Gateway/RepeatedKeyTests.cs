using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>A key stands for one message: whoever sends another one under it is told, and nothing is swallowed.</summary>
public sealed class RepeatedKeyTests : GatewayFixture
{
    [Test]
    public async Task One_key_to_two_agents_or_with_other_words_is_refused_at_every_door()
    {
        var (one, two) = (await AgentAsync("key-one"), await AgentAsync("key-two"));
        await using var client = await ConnectAsync();
        await client.CallAsync("agent", Run(one, "first", "1"));

        foreach (var (method, parameters) in new[]
        {
            ("agent", Run(two, "first", "1")), ("agent", Run(one, "other words", "1")),
            ("agent", Run(one, "first", "1", ("sessionKey", "elsewhere"))), ("agent", Run(one, "first", "1", ("extraSystemPrompt", "Shout."))),
            ("chat.send", Chat(two, "first", "1")), ("chat.send", Chat(one, "other words", "1")), ("sessions.send", Chat(two, "first", "1", "key")),
        })
        {
            var refused = await client.RequestAsync(method, parameters);
            Assert.That(((string?)refused["error"]?["code"], (string?)refused["error"]?["details"]?["code"]), Is.EqualTo(("INVALID_REQUEST", "message_id_reused")), $"{method} {parameters.ToJsonString()}");
        }

        Assert.That((string?)(await client.CallAsync("chat.send", Chat(one, "first", "1")))["status"], Is.EqualTo("ok"));
        Assert.That(await CountAsync("message_id = '1' AND sender = 'gateway'"), Is.EqualTo("1"));
    }

    [Test]
    public async Task One_id_to_two_recipients_is_refused_over_http_and_the_other_agents_reply_is_not_told()
    {
        var (one, two) = (await Service.Api.ProvisionAsync("id-one"), await Service.Api.ProvisionAsync("id-two"));
        (string Path, object Body)[] firsts =
        [
            ("/messages", new { id = "dup-1", from = "someone", to = $"agent:{one}", content = "x" }),
            ($"/api/v1/agents/{one}/message", new { id = "dup-2", content = "x" }),
            ("/messages", new { id = "dup-3", from = "someone", to = "client:a", content = "x" }),
            ("/messages", new { id = "dup-4", from = "someone", to = "whatsapp:dm:+491701234567", content = "x" }),
        ];
        (string Path, object Body)[] others =
        [
            ("/messages", new { id = "dup-1", from = "someone", to = $"agent:{two}", content = "x" }),
            ("/messages", new { id = "dup-1", from = "someone", to = $"agent:{one}", content = "y" }),
            ("/messages", new { id = "dup-1", from = "someone", to = "client:a", content = "x" }),
            ($"/api/v1/agents/{two}/message", new { id = "dup-2", content = "x" }),
            ("/messages", new { id = "dup-3", from = "someone", to = "client:b", content = "x" }),
            ("/messages", new { id = "dup-3", from = "someone", to = "client:a", content = "y" }),
            ("/messages", new { id = "dup-4", from = "someone", to = "whatsapp:dm:+491701234568", content = "x" }),
        ];

        foreach (var (path, body) in firsts.Concat(firsts))
        {
            Assert.That((int)(await Service.Api.PostAsync(path, body)).Status, Is.InRange(200, 202), JsonSerializer.Serialize(body));
        }

        foreach (var (path, body) in others)
        {
            var answer = await Service.Api.PostAsync(path, body);
            Assert.That((answer.Status, answer.Text("code")), Is.EqualTo((HttpStatusCode.Conflict, "message_id_reused")), JsonSerializer.Serialize(body));
            Assert.That(answer.Body.ToString(), Does.Not.Contain("echo"));
        }

        Assert.That(await CountAsync("message_id LIKE 'dup-%'"), Is.EqualTo("4"));
    }

    [Test]
    public async Task A_run_that_has_failed_is_told_as_failed_again()
    {
        var agent = await Service.Api.ProvisionAsync("failing");
        await Service.Database.TextAsync($"UPDATE openclaw.agents SET model = 'nobody/knows' WHERE id = '{agent}' RETURNING 1");
        await using var client = await ConnectAsync();
        var first = await client.RequestAsync("agent", Run(agent.ToString(), "hello", "fails"));

        var again = await client.RequestAsync("chat.send", Chat(agent.ToString(), "hello", "fails"));

        Assert.That((string?)first["error"]!["message"], Does.Contain("nobody/knows"));
        Assert.That(
            ((bool)again["ok"]!, (string?)again["payload"]!["status"], (string?)again["error"]!["message"]),
            Is.EqualTo((false, "error", (string?)first["error"]!["message"])));
    }

    [Test]
    public async Task A_command_and_many_workflows_have_their_key_too()
    {
        (string, string) key = ("Idempotency-Key", "command-1");
        var help = await Service.Api.PostAsync("/api/v1/commands", new { text = "help" }, key);
        var again = await Service.Api.PostAsync("/api/v1/commands", new { text = "help" }, key);
        var other = await Service.Api.PostAsync("/api/v1/commands", new { text = "status" }, key);
        await using var client = await ConnectAsync();
        await client.CallAsync("commands.run", new JsonObject { ["text"] = "help", ["idempotencyKey"] = "c" });
        var refused = await client.RequestAsync("commands.run", new JsonObject { ["text"] = "status", ["idempotencyKey"] = "c" });

        Assert.That(again.Id("id"), Is.EqualTo(help.Id("id")));
        Assert.That((other.Status, other.Text("code")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused")));
        Assert.That((string?)refused["error"]!["code"], Is.EqualTo("INVALID_REQUEST"));
    }

    [Test]
    public async Task Many_workflows_are_forked_once_under_one_key()
    {
        var failed = await Service.Api.PostAsync("/api/v1/agents/provision", new { name = "forked", model = "nobody/knows" });
        var (agent, workflow) = (failed.Id("agent_id"), failed.Id("workflow_uuid"));
        var fork = new { action = "fork", workflow_uuids = new[] { workflow, Guid.NewGuid() }, step = "validate" };

        var first = await Service.Api.PostAsync("/api/v1/workflows/bulk", fork, ("Idempotency-Key", "bulk-1"));
        await Eventually.That(() => Service.Database.TextAsync($"SELECT status FROM openclaw.agents WHERE id = '{agent}' AND operation IS NULL"), Is.EqualTo("failed"), TimeSpan.FromSeconds(20));
        var again = await Service.Api.PostAsync("/api/v1/workflows/bulk", fork, ("Idempotency-Key", "bulk-1"));
        var other = await Service.Api.PostAsync("/api/v1/workflows/bulk", fork with { step = "store_metadata" }, ("Idempotency-Key", "bulk-1"));

        Assert.That(first.Body.GetProperty("accepted").GetInt32(), Is.EqualTo(1), first.Body.ToString());
        Assert.That(again.Body.ToString(), Is.EqualTo(first.Body.ToString()));
        Assert.That(other.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE agent_id = '{agent}'"), Is.EqualTo("2"), "The run and its fork.");
    }

    [Test]
    public async Task A_time_of_0_is_no_limit_and_one_below_is_refused()
    {
        var answer = await Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "slow", model = "local/echo", configuration = new { turn_delay_ms = 1_500 } });
        var agent = answer.AgentId.ToString();
        await using var client = await ConnectAsync();

        var refused = await client.RequestAsync("agent", Run(agent, "x", "t-1", ("timeout", -1)));
        var half = await client.RequestAsync("agent.wait", new JsonObject { ["runId"] = "x", ["timeoutMs"] = -5 });
        var ended = await client.CallAsync("agent", Run(agent, "take your time", "t-0", ("timeout", 0)));

        Assert.That(((string?)refused["error"]!["message"], (string?)half["error"]!["message"]), Is.EqualTo(("invalid agent params: at /timeout: must be >= 0", "invalid agent.wait params: at /timeoutMs: must be >= 0")));
        Assert.That((string?)ended["status"], Is.EqualTo("ok"));
    }

    [TestCase(256)]
    [TestCase(3_000)]
    [TestCase(9_000)]
    public async Task A_key_that_is_too_long_is_refused_and_harms_nobody(int length)
    {
        var agent = await AgentAsync($"long {length}");
        await using var client = await ConnectAsync();
        var key = new string('k', length);

        var chat = await client.RequestAsync("chat.send", Chat(agent, "x", $"long-{length}", "sessionKey", key));
        var session = await client.RequestAsync("sessions.create", new JsonObject { ["agentId"] = agent, ["key"] = key });
        var http = await Service.Api.PostAsync("/v1/chat/completions", new { model = $"openclaw/{agent}", user = key, messages = new[] { new { role = "user", content = "x" } } });
        var mail = await Service.Api.PostAsync("/messages", new { to = $"client:{key}", content = "x" });

        Assert.That(new[] { chat, session }.Select(answer => (string?)answer["error"]!["code"]), Is.All.EqualTo("INVALID_REQUEST"));
        Assert.That((http.Status, mail.Status), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity)));
        Assert.That((string?)(await client.CallAsync("agent", Run(agent, "well", $"well-{length}")))["status"], Is.EqualTo("ok"));
    }

    private static JsonObject Run(string agent, string message, string key, params (string Name, JsonNode Value)[] more)
    {
        var run = new JsonObject { ["agentId"] = agent, ["message"] = message, ["idempotencyKey"] = key };
        foreach (var (name, value) in more)
        {
            run[name] = value;
        }

        return run;
    }

    private static JsonObject Chat(string agent, string message, string key, string field = "sessionKey", string rest = "main") =>
        new() { [field] = $"agent:{agent}:{rest}", ["message"] = message, ["idempotencyKey"] = key };

    private Task<string> CountAsync(string where) => Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE {where}");
}
