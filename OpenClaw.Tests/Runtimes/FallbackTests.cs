using System.Net;
using System.Text.Json;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>An agent whose own model cannot answer is answered by another one: one turn, one reply, and nothing paid twice.</summary>
[Category("Slow")]
public sealed class FallbackTests
{
    private FakeProvider _own = null!;
    private FakeProvider _second = null!;
    private RunningService _service = null!;

    [SetUp]
    public async Task Start()
    {
        _own = await FakeProvider.StartAsync();
        _second = await FakeProvider.StartAsync();
        _second.Answer(call => call.SayAsync("I can."));
        _service = await RunningService.StartAsync(
            null, ("OPENAI_BASE_URL", $"{_own.Address}v1"), ("ANTHROPIC_API_KEY", "key-of-the-tests"), ("ANTHROPIC_BASE_URL", _second.Address.ToString()), ("MODEL_IDLE_TIMEOUT", "30s"));
    }

    [TearDown]
    public async Task Stop()
    {
        await _service.DisposeAsync();
        await _own.DisposeAsync();
        await _second.DisposeAsync();
    }

    [TestCase(429, "busy")]
    [TestCase(529, "overloaded")]
    [TestCase(503, "not ready")]
    [TestCase(500, "broken")]
    [TestCase(401, "wrong key")]
    [TestCase(402, "no credit")]
    [TestCase(404, "no such model")]
    public async Task A_turn_that_its_model_cannot_be_asked_is_answered_by_the_next_one(int status, string words)
    {
        _own.Answer(call => call.FailAsync(status, words));
        var agent = await ProvisionAsync();

        var answer = await _service.Api.TellAsync(agent, "Can you?");

        Assert.That(answer.Body.GetProperty("reply").GetProperty("content").GetString(), Is.EqualTo("I can."), answer.Body.ToString());
        Assert.That(answer.Body.GetProperty("reply").GetProperty("metadata").GetProperty("model").GetString(), Is.EqualTo("anthropic/helper"));
        Assert.That((_own.Calls.Count, _second.Calls.Count), Is.EqualTo((1, 1)));
        await PaidOnceAsync(agent, "anthropic/helper");
    }

    [Test]
    public async Task A_model_that_says_nothing_within_the_agent_s_patience_is_not_waited_for()
    {
        _own.Answer(call => call.HangAsync());
        var agent = await ProvisionAsync(new { fallbacks = new[] { "anthropic/helper" }, fallback_after_seconds = 1 });

        var answer = await _service.Api.TellAsync(agent, "Can you?");

        Assert.That(answer.Body.GetProperty("reply").GetProperty("content").GetString(), Is.EqualTo("I can."), answer.Body.ToString());
        await PaidOnceAsync(agent, "anthropic/helper");
    }

    [Test]
    public async Task What_a_model_had_said_before_it_failed_is_no_part_of_the_reply_of_the_next()
    {
        _own.Answer(async call =>
        {
            await call.BeginAsync("I am ", "not ");
            await call.WriteAsync("data: {\"error\":{\"message\":\"broken\",\"code\":500}}\n\n");
        });
        var agent = await ProvisionAsync();

        var answer = await _service.Api.TellAsync(agent, "Can you?");

        Assert.That(answer.Body.GetProperty("reply").GetProperty("content").GetString(), Is.EqualTo("I can."), answer.Body.ToString());
    }

    [Test]
    public async Task A_model_that_answers_is_the_one_that_is_asked_and_the_reply_says_which_it_is()
    {
        var agent = await ProvisionAsync();

        var answer = await _service.Api.TellAsync(agent, "Can you?");

        Assert.That(answer.Body.GetProperty("reply").GetProperty("metadata").GetProperty("model").GetString(), Is.EqualTo("openai/own"));
        Assert.That(_second.Calls, Is.Empty);
        await PaidOnceAsync(agent, "openai/own");
    }

    [Test]
    public async Task A_turn_that_its_model_would_break_a_budget_with_is_answered_by_a_cheaper_one()
    {
        await _service.Api.PriceAsync("openai/*", input: 0, cached: 0, output: 10_000);
        await _service.Api.PriceAsync("anthropic/*", input: 0, cached: 0, output: 0);
        var agent = await ProvisionAsync(new { fallbacks = new[] { "anthropic/helper" }, max_output_tokens = 100 });
        await _service.Api.BudgetAsync(agent, "day", soft: null, hard: 0.5m);

        var answer = await _service.Api.TellAsync(agent, "Can you?");

        Assert.That(answer.Body.GetProperty("reply").GetProperty("content").GetString(), Is.EqualTo("I can."), answer.Body.ToString());
        Assert.That(_own.Calls, Is.Empty);
        Assert.That((await _service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("running"));
        await PaidOnceAsync(agent, "anthropic/helper");
    }

    [Test]
    public async Task What_a_model_refuses_for_what_it_was_asked_is_not_asked_of_another()
    {
        var agent = await ProvisionAsync();
        _own.Answer(call => call.FailAsync(400, "bad request"), call => call.SayAsync("no", finish: "content_filter"));

        foreach (var code in new[] { "model_refused", "content_filtered" })
        {
            await _service.Api.TellAsync(agent, code);
            await Eventually.That(
                () => _service.Database.TextAsync($"SELECT w.error ->> 'code' FROM openclaw_system.notifications n JOIN openclaw_system.workflow_status w USING (workflow_uuid) WHERE n.content = '{code}'"), Is.EqualTo(code));
        }

        Assert.That(_second.Calls, Is.Empty);
    }

    [Test]
    public async Task When_none_can_the_turn_is_tried_again_and_says_what_each_has_said()
    {
        var open = false;
        _own.Answer(call => call.FailAsync(503, "own is away"));
        _second.Answer(call => Volatile.Read(ref open) ? call.SayAsync("Now I can.") : call.FailAsync(401, "wrong key"));
        var agent = await ProvisionAsync();

        await _service.Api.TellAsync(agent, "Can you?", wait: false);
        await Eventually.That(
            () => _service.Database.TextAsync("SELECT reason FROM openclaw_system.workflow_events WHERE kind = 'step_failed' ORDER BY seq LIMIT 1"),
            Does.Contain("own is away").And.Contain("Nor could the others that it may be answered by. anthropic/helper: ").And.Contain("wrong key"));
        Volatile.Write(ref open, true);

        await Eventually.That(() => _service.Database.TextAsync("SELECT content FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"), Is.EqualTo("Now I can."));
        await PaidOnceAsync(agent, "anthropic/helper");
    }

    [Test]
    public async Task A_beat_falls_back_too()
    {
        _own.Answer(call => call.FailAsync(429, "busy"));
        _second.Answer(call => call.SayAsync("HEARTBEAT_OK"));
        var agent = await ProvisionAsync();

        await _service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");

        await Eventually.That(() => _service.Database.LinesAsync($"SELECT status FROM openclaw.heartbeat_executions WHERE agent_id = '{agent}'"), Is.EqualTo(new[] { "ok" }));
        Assert.That(await _service.Database.LinesAsync("SELECT model, kind FROM openclaw.spending WHERE agent_id IS NOT NULL"), Is.EqualTo(new[] { "anthropic/helper|beat" }));
    }

    [TestCase("""{"fallbacks":[]}""", "must be a list of 1 to 5 models")]
    [TestCase("""{"fallbacks":"openai/other"}""", "must be a list of 1 to 5 models")]
    [TestCase("""{"fallbacks":["other"]}""", "must be a list of 1 to 5 models")]
    [TestCase("""{"fallbacks":["nobody/other"]}""", "No runtime serves the model 'nobody/other'")]
    [TestCase("""{"fallbacks":["session/mine"]}""", "a conversation cannot move between that and session/mine")]
    [TestCase("""{"fallbacks":["openai/other"],"fallback_after_seconds":0}""", "must be a whole number from 1 to 600")]
    [TestCase("""{"fallback_after_seconds":3}""", "and there are none")]
    public async Task Fallbacks_that_could_not_stand_in_are_refused(string configuration, string why)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(configuration);
        var agent = await ProvisionAsync();

        var made = await _service.Api.PostAsync("/api/v1/agents/provision", new { name = "wrong", model = "openai/own", configuration = json });
        var changed = await _service.Api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{agent}/settings", System.Net.Http.Json.JsonContent.Create(new { configuration = json }), []);

        foreach (var refused in new[] { made, changed })
        {
            Assert.That((refused.Status, refused.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "configuration" })), refused.Body.ToString());
            Assert.That(refused.Text("detail"), Does.Contain(why));
        }
    }

    // The turn once in the conversation, in the ledger and in the history; nothing held any more.
    private async Task PaidOnceAsync(Guid agent, string model)
    {
        Assert.That(await _service.Database.LinesAsync($"SELECT model FROM openclaw.conversation_turns WHERE agent_id = '{agent}'"), Is.EqualTo(new[] { model }));
        Assert.That(await _service.Database.LinesAsync($"SELECT model, output_tokens FROM openclaw.spending WHERE agent_id = '{agent}'"), Is.EqualTo(new[] { $"{model}|7" }));
        Assert.That(await _service.Database.TextAsync("SELECT count(*) FROM openclaw.spending_reservations"), Is.EqualTo("0"));
        Assert.That(await _service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND reply_to IS NOT NULL"), Is.EqualTo("1"));
    }

    private async Task<Guid> ProvisionAsync(object? configuration = null)
    {
        var answer = await _service.Api.CarryOutAsync(
            "/api/v1/agents/provision", new { name = "Mira", model = "openai/own", heartbeat = new { enabled = false }, configuration = configuration ?? new { fallbacks = new[] { "anthropic/helper" } } });
        return answer.AgentId;
    }
}
