using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>An agent that gets a model of another runtime.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ChangedRuntimeTests
{
    private readonly NotingRuntime _old = new("old");
    private readonly NotingRuntime _new = new("new");
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start_the_service() =>
        _service = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(_old).AddSingleton<IAgentRuntime>(_new));

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _service.DisposeAsync();

    [Test]
    public async Task A_running_agent_is_made_known_to_the_new_runtime_and_let_go_at_the_old()
    {
        var agent = await ProvisionAsync("mover");

        var changed = await PatchAsync(agent, new { model = "new/model" });

        Assert.That((changed.Status, changed.Text("model")), Is.EqualTo((HttpStatusCode.OK, "new/model")));
        await Eventually.That(() => RuntimeIdAsync(agent), Is.EqualTo($"new-{agent}"));
        await Eventually.That(() => _old.CallsOf(agent), Is.EqualTo(new[] { "connect old/model", $"disconnect old/model old-{agent}" }));
        Assert.That(_new.CallsOf(agent), Is.EqualTo(new[] { "connect new/model" }));

        var answered = await _service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "hello" });
        Assert.That(answered.Body.GetProperty("reply").GetProperty("content").GetString(), Is.EqualTo($"new-{agent}: hello"));
        await PatchAsync(agent, new { model = "new/other" });
        Assert.That(await RuntimeIdAsync(agent), Is.EqualTo($"new-{agent}"), "Another model of the same runtime changes nothing.");
    }

    [Test]
    public async Task A_turn_under_way_ends_where_it_was_begun()
    {
        var agent = await ProvisionAsync("busy");
        var end = _old.Hold(agent);
        await _service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "hello" }, ("Prefer", "respond-async"));
        await Eventually.That(() => _old.CallsOf(agent), Does.Contain($"turn old-{agent}"));

        await PatchAsync(agent, new { model = "new/model" });
        await Eventually.That(() => RuntimeIdAsync(agent), Is.EqualTo($"new-{agent}"));
        Assert.That(_old.CallsOf(agent), Has.None.StartsWith("disconnect"));
        end.SetResult();

        await Eventually.That(() => _old.CallsOf(agent), Has.Some.StartsWith("disconnect"));
        Assert.That(await _service.Database.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND reply_to IS NOT NULL"), Is.EqualTo($"old-{agent}: hello"));
    }

    [Test]
    public async Task A_paused_agent_is_let_go_and_made_known_when_it_is_resumed_also_by_a_checkpoint()
    {
        var agent = await ProvisionAsync("rester");
        await _service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        await PatchAsync(agent, new { model = "new/model" });
        await Eventually.That(() => _old.CallsOf(agent), Has.Some.StartsWith("disconnect"));
        Assert.That(_new.CallsOf(agent), Is.Empty);
        await _service.Api.PostAsync($"/api/v1/agents/{agent}/resume");
        await Eventually.That(() => RuntimeIdAsync(agent), Is.EqualTo($"new-{agent}"));

        await _service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        await _service.Api.PostAsync($"/api/v1/agents/{agent}/resume", new { checkpoint = 1 });

        await Eventually.That(() => RuntimeIdAsync(agent), Is.EqualTo($"old-{agent}"));
        await Eventually.That(() => _new.CallsOf(agent), Is.EqualTo(new[] { "connect new/model", $"disconnect new/model new-{agent}" }));
    }

    [Test]
    public async Task An_agent_that_comes_back_at_once_is_not_let_go()
    {
        var agent = await ProvisionAsync("boomerang");
        var end = _old.Hold(agent);
        await _service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "hello" }, ("Prefer", "respond-async"));
        await Eventually.That(() => _old.CallsOf(agent), Does.Contain($"turn old-{agent}"));

        await PatchAsync(agent, new { model = "new/model" });
        await PatchAsync(agent, new { model = "old/model" });
        end.SetResult();

        await Eventually.That(() => RunsAsync(agent), Is.EqualTo(new[] { "SUCCESS", "SUCCESS" }));
        Assert.That(_old.CallsOf(agent), Has.None.StartsWith("disconnect"));
        await Eventually.That(() => RuntimeIdAsync(agent), Is.EqualTo($"old-{agent}"));
    }

    [Test]
    public async Task A_model_that_cannot_be_used_is_refused_and_so_is_a_change_of_runtime_during_an_operation()
    {
        var agent = await ProvisionAsync("careful");

        var unknown = await PatchAsync(agent, new { model = "nobody/knows" });
        var unset = await PatchAsync(agent, new { model = "openclaw/default" });
        await _service.Database.ExecuteAsync($"UPDATE openclaw.agents SET operation = 'pause' WHERE id = '{agent}'");
        var busy = await PatchAsync(agent, new { model = "new/model" });
        var same = await PatchAsync(agent, new { model = "old/other" });

        Assert.That((unknown.Status, unknown.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "model" })));
        Assert.That(unset.Body.ToString(), Does.Contain("OPENCLAW_GATEWAY_URL"));
        Assert.That((busy.Status, busy.Text("code")), Is.EqualTo((HttpStatusCode.Conflict, "operation_under_way")));
        Assert.That((same.Status, same.Text("model")), Is.EqualTo((HttpStatusCode.OK, "old/other")));
        Assert.That(await RunsAsync(agent), Is.Empty);
        await _service.Database.ExecuteAsync($"UPDATE openclaw.agents SET operation = NULL WHERE id = '{agent}'");
    }

    [Test]
    public async Task A_change_that_fails_for_good_is_told()
    {
        var agent = await ProvisionAsync(NotingRuntime.Unwelcome);

        await PatchAsync(agent, new { model = "new/model" });

        await Eventually.That(() => RunsAsync(agent), Is.EqualTo(new[] { "ERROR" }));
        Assert.That(
            await _service.Database.LinesAsync($"SELECT content FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND metadata ->> 'event' = 'agent_failed'"),
            Has.One.StartsWith("unwelcome: its change to new/model ended at connect_runtime: It is full. Resume workflow"));
    }

    private async Task<Guid> ProvisionAsync(string name)
    {
        var answer = await _service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model = "old/model", heartbeat = new { enabled = false } });
        return answer.AgentId;
    }

    private Task<Answer> PatchAsync(Guid agent, object settings) => _service.Api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{agent}/settings", JsonContent.Create(settings), []);

    private Task<string> RuntimeIdAsync(Guid agent) => _service.Database.TextAsync($"SELECT openclaw_agent_id FROM openclaw.agents WHERE id = '{agent}'");

    private Task<List<string>> RunsAsync(Guid agent) => _service.Database.LinesAsync($"SELECT status FROM openclaw_system.workflow_status WHERE agent_id = '{agent}' AND name = 'change_runtime'");

    /// <summary>Notes what it is asked, and by which name of the agent.</summary>
    private sealed class NotingRuntime(string provider) : IAgentRuntime
    {
        /// <summary>An agent that the new runtime does not take.</summary>
        public const string Unwelcome = "unwelcome";

        private readonly ConcurrentQueue<(Guid Agent, string Call)> _calls = new();
        private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _held = new();

        public string Provider => provider;

        public string[] CallsOf(Guid agent) => [.. _calls.Where(call => call.Agent == agent).Select(call => call.Call)];

        /// <summary>The agent's turns end when the source does.</summary>
        public TaskCompletionSource Hold(Guid agent) => _held[agent] = new Signal();

        public string? WhyUnavailable(string model) => null;

        public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken)
        {
            if (agent.Name == Unwelcome && provider == "new")
            {
                throw new StepFailedException("full", "It is full.") { NonRetryable = true };
            }

            _calls.Enqueue((agent.Id, $"connect {agent.Model}"));
            return Task.FromResult($"{provider}-{agent.Id}");
        }

        public async Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
        {
            _calls.Enqueue((agent.Id, $"turn {agent.RuntimeId}"));
            if (_held.TryGetValue(agent.Id, out var end))
            {
                await end.Task.WaitAsync(cancellationToken);
            }

            return new TurnReply($"{agent.RuntimeId}: {turn.Message}");
        }

        public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken)
        {
            _calls.Enqueue((agent.Id, $"disconnect {agent.Model} {agent.RuntimeId}"));
            return Task.CompletedTask;
        }
    }
}
