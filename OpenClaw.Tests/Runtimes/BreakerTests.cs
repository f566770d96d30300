using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Runtimes.Breakers;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>A provider that fails, and what two services make of it together.</summary>
[Category("Slow")]
public sealed class BreakerTests
{
    private const string Probe = "Are you back?";

    // Long enough for some rests, each with its question.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    private FakeProvider _own = null!;
    private FakeProvider _second = null!;
    private RunningService _service = null!;
    private RunningService _other = null!;

    [SetUp]
    public async Task Start()
    {
        _own = await FakeProvider.StartAsync();
        _second = await FakeProvider.StartAsync();
        (string, string)[] settings =
        [
            ("OPENAI_BASE_URL", $"{_own.Address}v1"), ("ANTHROPIC_API_KEY", "key-of-the-tests"), ("ANTHROPIC_BASE_URL", _second.Address.ToString()), ("HEALTH_CHECK_INTERVAL", "1000"),
        ];
        _service = await RunningService.StartAsync(null, settings);
        _other = await RunningService.StartBesideAsync(_service, settings: settings);
    }

    [TearDown]
    public async Task Stop()
    {
        await _other.DisposeAsync();
        await _service.DisposeAsync();
        await _own.DisposeAsync();
        await _second.DisposeAsync();
    }

    [TestCase(null)]
    [TestCase(429)]
    [CancelAfter(180_000)]
    public async Task Of_a_provider_that_fails_the_first_turns_ask_and_the_later_ones_of_both_nodes_go_to_the_fallback_at_once(int? status)
    {
        var back = true;
        var asked = new ConcurrentQueue<TimeSpan>();
        var clock = new Stopwatch();
        _own.Answer(call => Volatile.Read(ref back) ? call.SayAsync("I am back.") : status is { } code ? call.FailAsync(code, "slow down") : call.HangAsync());
        _second.Answer(call =>
        {
            asked.Enqueue(clock.Elapsed);
            return call.SayAsync("I can.");
        });
        var agents = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => ProvisionAsync($"agent {number}", "anthropic/helper")));

        // What a node does for the first time takes longer.
        foreach (var node in new[] { _service, _other })
        {
            Assert.That(await AskAsync(node, agents[0]), Is.EqualTo("I am back."));
        }

        _own.Calls.Clear();
        Volatile.Write(ref back, false);
        clock.Restart();
        Assert.That(await AskAsync(_service, agents[0]), Is.EqualTo("I can."));
        var first = asked.Single();
        if (status is null)
        {
            await Eventually.That(() => Known(_other), Is.EqualTo(1), TimeSpan.FromSeconds(1));
        }

        var later = new List<TimeSpan>();
        var outage = Stopwatch.StartNew();
        for (var turn = 0; outage.Elapsed < Outage; turn++)
        {
            clock.Restart();
            Assert.That(await AskAsync(turn % 2 == 0 ? _service : _other, agents[turn % agents.Length]), Is.EqualTo("I can."));
            later.Add(asked.Last());
        }

        var sorted = later.Select(time => time.TotalMilliseconds).Order().ToList();
        TestContext.Out.WriteLine($"The fallback was asked after {first.TotalMilliseconds:0} ms at the first turn, and at {sorted.Count} later ones after {sorted[sorted.Count / 2]:0} ms (99 of 100 within {sorted[sorted.Count * 99 / 100]:0} ms, all within {sorted[^1]:0} ms), from the request on; {_own.Calls.Count(call => call.LastMessage == Probe)} questions were asked meanwhile.");
        Assert.That(first, status is null ? Is.InRange(TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(8)) : Is.LessThan(TimeSpan.FromSeconds(4)), "Five seconds is what an agent with fallbacks waits.");
        Assert.That(_own.Calls.Count(call => call.LastMessage != Probe), status is null ? Is.EqualTo(1) : Is.InRange(3, 4), "Later turns do not even ask it.");
        Assert.That(later.Max(), Is.LessThan(TimeSpan.FromSeconds(4)), "None has waited for it.");
        await Eventually.That(async () => (await _service.Api.GetJsonAsync("/health")).Body.ToString(), Does.Contain("openai/own: left alone after"));
        await Eventually.That(() => _service.Api.GetStringAsync("/metrics"), Does.Match("openclaw_provider_resting{provider=\"openai\"} 1").And.Contain("openclaw_turns_fallbacks"));

        Volatile.Write(ref back, true);
        await Eventually.That(() => AskAsync(_other, agents[1]), Is.EqualTo("I am back."), TimeSpan.FromSeconds(60));
        Assert.That(Known(_other), Is.Zero);
        Assert.That(await _service.Database.TextAsync("SELECT count(*) FROM openclaw.provider_breakers"), Is.EqualTo("0"));
        Assert.That(await _service.Database.TextAsync("SELECT count(*) FROM openclaw.spending WHERE kind = 'check' AND model = 'openai/own'"), Is.Not.EqualTo("0"), "The question that has found it out is in the ledger.");
    }

    [Test]
    public async Task When_to_come_back_that_one_node_was_told_both_keep_to()
    {
        _own.Answer(call => call.FailAsync(429, "slow down", retryAfter: "20"), call => call.SayAsync("Yes."));
        var (here, there) = (await ProvisionAsync("here"), await ProvisionAsync("there"));

        await _service.Api.TellAsync(here, "hello", wait: false);
        await Eventually.That(() => Known(_other), Is.EqualTo(1), TimeSpan.FromSeconds(5));
        await _other.Api.TellAsync(there, "hello", wait: false);

        await Eventually.That(
            () => _service.Database.LinesAsync($"SELECT reason, (data ->> 'retry_in_seconds')::numeric BETWEEN 10 AND 22 FROM openclaw_system.workflow_events JOIN openclaw_system.workflow_status USING (workflow_uuid) WHERE agent_id = '{there}' AND kind = 'step_failed'"),
            Has.One.Contains("is left alone for the moment, after an outage.").And.One.EndsWith("|True"));
        Assert.That(_own.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task When_it_is_back_one_turn_is_let_through_first_and_the_others_of_both_nodes_after_it()
    {
        const int Count = 16;
        var (phase, answer) = (0, new Signal());
        _own.Answer(async call =>
        {
            if (Volatile.Read(ref phase) == 0)
            {
                await call.FailAsync(503, "away", retryAfter: "2");
                return;
            }

            await answer.Task;
            await call.SayAsync("Yes.");
        });
        var agents = await Task.WhenAll(Enumerable.Range(1, Count).Select(number => ProvisionAsync($"agent {number}")));
        await _service.Api.TellAsync(agents[0], "hello", wait: false);
        await Eventually.That(() => Known(_other), Is.EqualTo(1), TimeSpan.FromSeconds(5));
        foreach (var (index, agent) in agents.Skip(1).Index())
        {
            await (index % 2 == 0 ? _service : _other).Api.TellAsync(agent, "hello", wait: false);
        }

        Volatile.Write(ref phase, 1);
        var before = _own.Calls.Count;
        await Eventually.That(() => _own.Calls.Count, Is.EqualTo(before + 1), TimeSpan.FromSeconds(20));
        await Eventually.That(
            () => _service.Database.TextAsync("SELECT count(DISTINCT workflow_uuid) FROM openclaw_system.workflow_events WHERE kind = 'step_failed' AND reason LIKE '%is left alone%'"),
            Is.EqualTo($"{Count - 1}").Or.EqualTo($"{Count}"), TimeSpan.FromSeconds(30));
        Assert.That(_own.Calls, Has.Count.EqualTo(before + 1), "One asks, whoever it is; the others were refused meanwhile.");

        answer.SetResult();

        await Eventually.That(() => _service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL AND content = 'Yes.'"), Is.EqualTo($"{Count}"), TimeSpan.FromSeconds(60));
        Assert.That(_own.Calls, Has.Count.EqualTo(before + Count), "Each turn was asked once more, and paid once.");
    }

    [Test]
    public async Task Another_model_of_the_same_provider_is_asked_all_the_same()
    {
        _own.Answer(call => call.Model == "own" ? call.FailAsync(429, "slow down", retryAfter: "30") : call.SayAsync("The small one can."));
        var agent = await ProvisionAsync("small", "openai/small");

        for (var turn = 0; turn < 3; turn++)
        {
            Assert.That(await AskAsync(_service, agent), Is.EqualTo("The small one can."));
        }

        Assert.That(_own.Calls.Count(call => call.Model == "own"), Is.EqualTo(1));
    }

    private static int Known(RunningService service) => service.Services.GetRequiredService<ProviderBreakers>().All.Count(standing => standing.IsOpen);

    private static async Task<string> AskAsync(RunningService service, Guid agent)
    {
        // A request waits for the reply for as long as that takes a model that is not there.
        var answer = await service.Api.TellAsync(agent, "Can you?");
        var message = answer.Body.GetProperty("message").GetProperty("id").GetGuid();
        return await Eventually.That(() => service.Database.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE reply_to = '{message}'"), Is.Not.Empty);
    }

    private async Task<Guid> ProvisionAsync(string name, params string[] fallbacks)
    {
        object configuration = fallbacks.Length == 0 ? new { } : new { fallbacks };
        return (await _service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model = "openai/own", heartbeat = new { enabled = false }, configuration })).AgentId;
    }
}
