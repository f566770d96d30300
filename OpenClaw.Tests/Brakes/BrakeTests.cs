using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Brakes;

/// <summary>A brake over two services: what it keeps from beginning, what it ends, and what comes of it when it is released.</summary>
[Category("Slow")]
public sealed class BrakeTests
{
    private readonly ScriptedRuntime _runtime = new();

    private RunningService _service = null!;
    private RunningService _other = null!;

    [SetUp]
    public async Task Start()
    {
        _runtime.Answer("scripted/any", (turn, _) => Task.FromResult($"Answer to {turn.Message}"));
        _service = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(_runtime));
        _other = await RunningService.StartBesideAsync(_service, services => services.AddSingleton<IAgentRuntime>(_runtime));
    }

    [TearDown]
    public async Task Stop()
    {
        await _other.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Test]
    public async Task While_it_is_on_messages_are_kept_in_order_on_both_nodes_and_answered_once_when_it_is_released()
    {
        var agents = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => ProvisionAsync($"kept {number}")));
        var brake = await BrakeAsync("no_new_turns", reason: "a look first");
        await HeardAsync();

        for (var number = 1; number <= 4; number++)
        {
            foreach (var agent in agents)
            {
                var answer = await (number % 2 == 0 ? _service : _other).Api.TellAsync(agent, $"{number}");
                Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Accepted));
                var message = answer.Body.GetProperty("message");
                Assert.That(
                    (message.GetProperty("state").GetString(), message.GetProperty("state_reason").GetString()),
                    Is.EqualTo(("parked", "The brake is on for all agents of admin (a look first): what comes is kept, in order, and is begun when the brake is released.")));
            }
        }

        Assert.That(_runtime.Turns, Is.Empty);
        await ReleaseAsync(brake);

        await Eventually.That(StatesAsync, Is.EqualTo(new[] { "delivered|12" }));
        foreach (var agent in agents)
        {
            Assert.That(_runtime.Turns.Where(turn => turn.Agent == agent).Select(turn => turn.Turn.Message), Is.EqualTo(new[] { "1", "2", "3", "4" }), "Each once, in order.");
        }

        await Eventually.That(BrakesAsync, Is.Empty);
        Assert.That(
            await _service.Database.LinesAsync("SELECT actor, action, subject, detail FROM openclaw.audit_log WHERE action LIKE 'brake.%' ORDER BY id"),
            Is.EqualTo(new[] { "api|brake.set|owner:admin|no_new_turns: a look first", "api|brake.release|owner:admin|no_new_turns", "system|brake.end|owner:admin|What waited has begun." }));
    }

    [Test]
    public async Task What_is_under_way_comes_to_its_end_and_what_stands_behind_it_waits()
    {
        var (begun, enough) = (new Signal(), new Signal());
        _runtime.Answer("scripted/any", async (turn, _) =>
        {
            begun.TrySetResult();
            await enough.Task;
            return $"Answer to {turn.Message}";
        });
        var agent = await ProvisionAsync("busy");
        await _service.Api.TellAsync(agent, "first", wait: false);
        await _other.Api.TellAsync(agent, "second", wait: false);
        await begun.Task;

        var brake = await BrakeAsync("no_new_turns", agent);
        await HeardAsync();
        enough.SetResult();

        await Eventually.That(() => LinesAsync(agent), Is.EqualTo(new[] { "first|delivered", "second|parked" }));
        Assert.That(_runtime.Turns, Has.Count.EqualTo(1));
        await ReleaseAsync(brake);
        await Eventually.That(() => LinesAsync(agent), Is.EqualTo(new[] { "first|delivered", "second|delivered" }));
        Assert.That(_runtime.Turns.Select(turn => turn.Turn.Message), Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public async Task Abort_ends_the_turns_of_both_nodes_within_a_second_and_those_that_wait_are_answered_later()
    {
        var under = 0;
        var stuck = true;
        _runtime.Answer("scripted/any", async (turn, cancelled) =>
        {
            if (stuck)
            {
                Interlocked.Increment(ref under);
                await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
            }

            return $"Answer to {turn.Message}";
        });
        var agents = await Task.WhenAll(Enumerable.Range(1, 6).Select(number => ProvisionAsync($"aborted {number}")));
        foreach (var (index, agent) in agents.Index())
        {
            await (index % 2 == 0 ? _service : _other).Api.TellAsync(agent, "dangerous", wait: false);
            await (index % 2 == 0 ? _service : _other).Api.TellAsync(agent, "harmless", wait: false);
        }

        await Eventually.That(() => Volatile.Read(ref under), Is.EqualTo(6));
        Assert.That(await _service.Database.TextAsync("SELECT count(DISTINCT executor_id) FROM openclaw_system.workflow_status WHERE name = 'route_message' AND status = 'PENDING'"), Is.EqualTo("2"), "Both nodes are at work.");

        var clock = Stopwatch.StartNew();
        var brake = await BrakeAsync("abort");
        await Eventually.That(() => _service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content = 'dangerous' AND state = 'dead'"), Is.EqualTo("6"), TimeSpan.FromSeconds(10));
        TestContext.Out.WriteLine($"Ended {clock.ElapsedMilliseconds} ms after the brake was asked for.");
        await Eventually.That(
            () => _service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications n LEFT JOIN openclaw_system.workflow_status w USING (workflow_uuid) WHERE content = 'harmless' AND (state = 'parked' OR (state = 'accepted' AND executor_id IS NULL AND due_at > now() + interval '5 minutes'))"),
            Is.EqualTo("6"), TimeSpan.FromSeconds(30));
        Assert.That(
            await _service.Database.TextAsync("SELECT DISTINCT state_reason FROM openclaw_system.notifications WHERE content = 'dangerous'"),
            Is.EqualTo("The brake is on for all agents of admin: the turn that was under way is aborted. What was said by then is kept; to have it answered anew, resume its workflow."));

        stuck = false;
        await ReleaseAsync(brake);
        await Eventually.That(() => _service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content = 'harmless' AND state = 'delivered'"), Is.EqualTo("6"));
        Assert.That(_runtime.Turns.Count(turn => turn.Turn.Message == "dangerous"), Is.EqualTo(6), "What was aborted is not begun again by itself.");
        Assert.That(_runtime.Turns.Count(turn => turn.Turn.Message == "harmless"), Is.EqualTo(6));
    }

    [Test]
    public async Task A_beat_is_recorded_as_skipped_and_one_that_is_asked_for_is_refused()
    {
        var agent = await ProvisionAsync("beating");
        await BrakeAsync("no_new_turns", agent);
        await HeardAsync();

        var refused = await _other.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");
        Assert.That((refused.Status, refused.Text("detail")), Is.EqualTo((HttpStatusCode.Conflict, "The brake is on for beating: no beat begins until it is released.")));
        await _service.Database.ExecuteAsync($"UPDATE openclaw.agents SET heartbeat_enabled = true, heartbeat_interval = '1 hour', next_heartbeat_at = now() WHERE id = '{agent}'");

        await Eventually.That(
            () => _service.Database.LinesAsync($"SELECT status, reason FROM openclaw.heartbeat_executions WHERE agent_id = '{agent}'"),
            Is.EqualTo(new[] { "skipped|The brake is on for beating: no beat begins until it is released." }));
        Assert.That(_runtime.Turns, Is.Empty);
    }

    [Test]
    public async Task A_beat_under_way_is_aborted_and_skipped()
    {
        var begun = new Signal();
        _runtime.Answer("scripted/any", async (_, cancelled) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
            return "HEARTBEAT_OK";
        });
        var agent = await ProvisionAsync("beating");
        await _service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat", null, ("Prefer", "respond-async"));
        await begun.Task;

        await BrakeAsync("abort");

        await Eventually.That(
            () => _service.Database.LinesAsync($"SELECT status, reason FROM openclaw.heartbeat_executions WHERE agent_id = '{agent}'"),
            Has.One.StartsWith("skipped|The brake is on for all agents of admin: the turn that was under way is aborted."));
    }

    [Test]
    public async Task A_turn_that_waits_for_its_next_attempt_keeps_its_key_and_goes_on_when_the_brake_is_released()
    {
        var fails = true;
        _runtime.Answer("scripted/any", (turn, _) => Volatile.Read(ref fails) ? throw new StepFailedException("not_yet", "Not yet.") : Task.FromResult("Now."));
        var agent = await ProvisionAsync("tried again");
        await _service.Api.TellAsync(agent, "hello", wait: false);
        await Eventually.That(() => _runtime.Turns, Is.Not.Empty);

        var brake = await BrakeAsync("abort", agent);
        Volatile.Write(ref fails, false);
        await Eventually.That(
            () => _service.Database.TextAsync($"SELECT status FROM openclaw_system.workflow_status WHERE agent_id = '{agent}' AND name = 'route_message' AND executor_id IS NULL AND due_at > now() + interval '5 minutes'"), Is.EqualTo("PENDING"));
        Assert.That(await LinesAsync(agent), Is.EqualTo(new[] { "hello|accepted" }));
        await ReleaseAsync(brake);

        await Eventually.That(() => LinesAsync(agent), Is.EqualTo(new[] { "hello|delivered" }));
        Assert.That(_runtime.Turns.Select(turn => turn.Turn.IdempotencyKey).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Whoever_asks_by_another_door_is_told_in_the_same_sentence_and_who_may_only_write_stops_their_own_alone()
    {
        const string Sentence = "The brake is on for spoken to: what comes is kept, in order, and is begun when the brake is released.";
        var agent = await ProvisionAsync("spoken to");
        await BrakeAsync("no_new_turns", agent);
        await HeardAsync();
        var completion = await _other.Api.PostAsync("/v1/chat/completions", new { model = "openclaw/spoken to", messages = new[] { new { role = "user", content = "hello" } } });
        Assert.That((completion.Status, completion.Body.GetProperty("error").GetProperty("message").GetString()), Is.EqualTo((HttpStatusCode.ServiceUnavailable, Sentence)));
        await using var client = await GatewayClient.ConnectAsync(_other.Address);
        await client.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "run", ["method"] = "agent", ["params"] = new JsonObject { ["message"] = "hello", ["agentId"] = "spoken-to", ["idempotencyKey"] = "run-1" } }.ToJsonString());
        await Eventually.That(() => client.Received.Select(frame => ((string?)frame["id"], (string?)frame["error"]?["message"])), Has.One.EqualTo(("run", Sentence)));

        var key = (await _service.Api.PostAsync("/api/v1/keys", new { name = "writer", scopes = new[] { "write" } })).Text("key");
        using var writer = _service.Client();
        writer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.That((await writer.PostAsync("/api/v1/brakes", new { everything = true, mode = "abort" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await writer.PostAsync("/api/v1/brakes", new { mode = "no_new_turns" })).Text("set_by"), Is.EqualTo("key:writer"));
    }

    [Test]
    public async Task What_waited_begins_a_few_agents_a_second_whatever_number_of_nodes_there_are()
    {
        var agents = new List<Guid>();
        for (var number = 1; number <= 25; number++)
        {
            agents.Add(await ProvisionAsync($"many {number}"));
        }

        var brake = await BrakeAsync("no_new_turns");
        await HeardAsync();
        await Task.WhenAll(agents.Select(agent => _other.Api.TellAsync(agent, "hello")));
        var begun = new List<TimeSpan>();
        var clock = Stopwatch.StartNew();
        _runtime.Answer("scripted/any", (_, _) =>
        {
            lock (begun)
            {
                begun.Add(clock.Elapsed);
            }

            return Task.FromResult("Yes.");
        });

        await ReleaseAsync(brake);

        await Eventually.That(() => _runtime.Turns.Count, Is.EqualTo(25));
        Assert.That(begun[20] - begun[0], Is.GreaterThan(TimeSpan.FromSeconds(1.5)), "Ten in a step, and a step a second.");
        await Eventually.That(BrakesAsync, Is.Empty);
    }

    [Test]
    public async Task One_agent_or_everything_may_be_meant_and_the_agent_s_own_brake_outlasts_that_of_all()
    {
        var (braked, free) = (await ProvisionAsync("braked"), await ProvisionAsync("free"));
        var own = await BrakeAsync("no_new_turns", braked);
        await HeardAsync();
        Assert.That((await _other.Api.TellAsync(free, "hello")).Status, Is.EqualTo(HttpStatusCode.OK));
        var all = (await _service.Api.PostAsync("/api/v1/brakes", new { everything = true, mode = "no_new_turns" })).Id("id");
        await HeardAsync(count: 2);
        await _other.Api.TellAsync(free, "later");
        await _other.Api.TellAsync(braked, "much later");

        await ReleaseAsync(all);

        await Eventually.That(() => LinesAsync(free), Is.EqualTo(new[] { "hello|delivered", "later|delivered" }));
        await Eventually.That(BrakesAsync, Has.Count.EqualTo(1));
        Assert.That(await LinesAsync(braked), Is.EqualTo(new[] { "much later|parked" }));
        await ReleaseAsync(own);
        await Eventually.That(() => LinesAsync(braked), Is.EqualTo(new[] { "much later|delivered" }));
    }

    private async Task<Guid> BrakeAsync(string mode, Guid? agent = null, string? reason = null)
    {
        var answer = await _service.Api.PostAsync("/api/v1/brakes", new { agent_id = agent, mode, reason });
        Assert.That((answer.Status, answer.Text("state")), Is.EqualTo((HttpStatusCode.OK, "on")), answer.Body.ToString());
        return answer.Id("id");
    }

    private async Task ReleaseAsync(Guid brake)
    {
        var answer = await _other.Api.CallAsync(HttpMethod.Delete, $"/api/v1/brakes/{brake}", null, []);
        Assert.That((answer.Status, answer.Text("state")), Is.EqualTo((HttpStatusCode.OK, "releasing")), answer.Body.ToString());
    }

    // Within a second, as promised.
    private Task<int> HeardAsync(int count = 1) => Eventually.That(
        () => _other.Services.GetRequiredService<Jobs.Brakes.BrakeBoard>().All.Count(brake => brake.IsOn), Is.EqualTo(count), TimeSpan.FromSeconds(1));

    private async Task<List<string>> BrakesAsync() => [.. (await _service.Api.GetJsonAsync("/api/v1/brakes")).Body.GetProperty("brakes").EnumerateArray().Select(brake => brake.GetProperty("state").GetString()!)];

    private Task<List<string>> LinesAsync(Guid agent) =>
        _service.Database.LinesAsync($"SELECT content, state FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}' ORDER BY sequence");

    private Task<List<string>> StatesAsync() =>
        _service.Database.LinesAsync("SELECT state, count(*) FROM openclaw_system.notifications WHERE recipient LIKE 'agent:%' GROUP BY 1");

    private async Task<Guid> ProvisionAsync(string name)
    {
        var answer = await _service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model = "scripted/any", heartbeat = new { enabled = false } });
        return answer.AgentId;
    }
}
