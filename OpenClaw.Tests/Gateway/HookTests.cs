using System.Net;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Hooks as OpenClaw's own senders call them.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class HookTests
{
    private const string Hooks = """
        { "presets": ["gmail"],
          "mappings": [
            { "match": { "path": "ci", "source": "builds" }, "name": "CI", "agentId": "builder", "sessionKey": "hook:ci:{{run.id}}", "messageTemplate": "Build {{run.id}} of {{query.branch}} {{run.steps[1].state}}." },
            { "match": { "path": "note" }, "action": "wake", "agentId": "builder", "textTemplate": "{{note}}" } ] }
        """;

    private RunningService _service = null!;
    private string _file = null!;
    private Guid _agent;

    [OneTimeSetUp]
    public async Task Start_the_service()
    {
        _file = Path.GetTempFileName();
        await File.WriteAllTextAsync(_file, Hooks);
        _service = await RunningService.StartAsync(null, ("HOOKS_FILE", _file));
        _agent = await _service.Api.ProvisionAsync("builder");
    }

    [OneTimeTearDown]
    public async Task Stop_the_service()
    {
        await _service.DisposeAsync();
        File.Delete(_file);
    }

    [TestCase("x-openclaw-token", RunningService.Token, HttpStatusCode.OK)]
    [TestCase("Authorization", "Bearer " + RunningService.Token, HttpStatusCode.OK)]
    [TestCase("x-openclaw-token", "wrong", HttpStatusCode.Unauthorized)]
    [TestCase("x-openclaw-token", "", HttpStatusCode.Unauthorized)]
    public async Task The_token_may_come_in_a_header_of_its_own(string header, string token, HttpStatusCode status)
    {
        using var stranger = _service.Client();

        var answer = await stranger.PostAsync("/hooks/wake", new { text = "mail came", mode = "now" }, (header, token));

        Assert.That(answer.Status, Is.EqualTo(status));
    }

    [Test]
    public async Task That_header_opens_nothing_else_and_no_address_may_hold_the_token()
    {
        using var stranger = _service.Client();

        var elsewhere = await stranger.CallAsync(HttpMethod.Get, "/api/v1/agents", null, [("x-openclaw-token", RunningService.Token)]);
        var address = await _service.Api.PostAsync($"/hooks/wake?token={RunningService.Token}", new { text = "x" });

        Assert.That(elsewhere.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(address.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("Idempotency-Key")]
    [TestCase("x-openclaw-idempotency-key")]
    [TestCase("in the body")]
    public async Task A_hook_that_is_delivered_again_is_run_once(string where)
    {
        var (key, text) = ($"delivery {where}", $"build failed {where}");
        (string, string)[] headers = where == "in the body" ? [] : [(where, key)];
        object Body(string message) => where == "in the body" ? new { message, name = "ci", agentId = "builder", idempotencyKey = key } : new { message, name = "ci", agentId = "builder" };

        var first = await _service.Api.PostAsync("/hooks/agent", Body(text), headers);
        var again = await _service.Api.PostAsync("/hooks/agent", Body(text), headers);
        var other = await _service.Api.PostAsync("/hooks/agent", Body("another text"), headers);

        Assert.That(Guid.TryParse(first.Text("runId"), out _), Is.True);
        Assert.That(again.Text("runId"), Is.EqualTo(first.Text("runId")));
        Assert.That((other.Status, other.Body.GetProperty("ok").GetBoolean()), Is.EqualTo((HttpStatusCode.Conflict, false)));
        Assert.That(await SentAsync($"content = '{text}'", "count(*)"), Is.EqualTo("1"));
        Assert.That(await SentAsync($"content = '{text}'", "metadata ->> 'name'"), Is.EqualTo("ci"));
    }

    [Test]
    public async Task A_wake_answers_in_the_protocols_words_and_is_done_once()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var wake = await _service.Api.PostAsync("/hooks/wake", new { text = "look at the mail", mode = "next-heartbeat", agentId = _agent }, ("Idempotency-Key", "wake-1"));
            Assert.That((wake.Body.GetProperty("ok").GetBoolean(), wake.Text("mode"), wake.Text("eventOutcome")), Is.EqualTo((true, "next-heartbeat", "queued")));
        }

        Assert.That(await SentAsync("content = 'look at the mail'", "count(*)"), Is.EqualTo("1"));
        Assert.That(await SentAsync("content = 'look at the mail'", "session_key"), Does.Match("^agent:builder-[0-9a-f]{12}:main$"));
    }

    [Test]
    public async Task Mapped_hooks_put_what_comes_into_their_text()
    {
        var build = new { source = "builds", run = new { id = 17, steps = new[] { new { state = "passed" }, new { state = "failed" } } } };
        var ci = await _service.Api.PostAsync("/hooks/ci?branch=main", build);
        var other = await _service.Api.PostAsync("/hooks/ci", new { source = "elsewhere" });
        var note = await _service.Api.PostAsync("/hooks/note", new { note = "buy milk" });
        var mail = await _service.Api.PostAsync("/hooks/gmail", new { messages = new[] { new { id = "m1", from = "ann@example.com", subject = "Hello", snippet = "Hi" } } });
        var nothing = await _service.Api.PostAsync("/hooks/note", new { other = "x" });

        Assert.That(ci.Status, Is.EqualTo(HttpStatusCode.OK), ci.Body.ToString());
        Assert.That(await SentAsync("session_key LIKE '%:hook:ci:17'", "content"), Is.EqualTo("Build 17 of main failed."));
        Assert.That((other.Status, nothing.Status), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.BadRequest)));
        Assert.That((note.Status, await SentAsync("content = 'buy milk'", "session_key LIKE '%:main'")), Is.EqualTo((HttpStatusCode.OK, "True")));
        Assert.That(mail.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await SentAsync("session_key LIKE '%:hook:gmail:m1'", "content"), Does.Contain("ann@example.com").And.Contain("Subject: Hello"));
    }

    [Test]
    public async Task A_hook_may_wait_for_the_answer()
    {
        var answer = await _service.Api.PostAsync("/hooks/agent", new { message = "ping", agentId = "builder", waitForCompletion = true, timeoutSeconds = 0 });

        var completion = answer.Body.GetProperty("completion");
        Assert.That((completion.GetProperty("status").GetString(), completion.GetProperty("text").GetString()), Is.EqualTo(("ok", "echo (no model behind this): ping")));
    }

    [TestCase("agent", """{"message":""}""", 400, "must say something")]
    [TestCase("agent", """{"message":"x","agentId":"nobody"}""", 400, "unknown agent id")]
    [TestCase("agent", """{"message":"x","deliver":true,"channel":"last"}""", 400, "deliver")]
    [TestCase("agent", """{"message":"x","model":"openai/other","agentId":"builder"}""", 400, "the agent runs on local/echo")]
    [TestCase("agent", """{"message":"x","timeoutSeconds":5}""", 400, "timeoutSeconds")]
    [TestCase("agent", """{"message":"x","tools":[]}""", 400, "unexpected property 'tools'")]
    [TestCase("agent", """{"message":"half \ud83d"}""", 400, "must be valid Unicode")]
    [TestCase("wake", """{"text":"x","mode":"later"}""", 400, "must be now or next-heartbeat")]
    [TestCase("wake", "no json", 400, "is not JSON")]
    [TestCase("wake", "[]", 400, "must be object")]
    [TestCase("unknown", "{}", 404, "There is no such hook")]
    public async Task What_is_wrong_is_told_in_the_hooks_way(string hook, string body, int status, string error)
    {
        var answer = await _service.Api.PostTextAsync($"/hooks/{hook}", body);

        Assert.That(((int)answer.Status, answer.Body.GetProperty("ok").GetBoolean()), Is.EqualTo((status, false)));
        Assert.That(answer.Text("error"), Does.Contain(error));
    }

    private Task<string> SentAsync(string where, string what) =>
        _service.Database.TextAsync($"SELECT {what} FROM openclaw_system.notifications WHERE sender = 'gateway' AND {where}");
}
