using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Tests.Heartbeats;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Messages;

/// <summary>The line of messages before an agent: what the schedule sends, what people send, and what becomes of it when the agent stops.</summary>
public sealed class LineTests : HeartbeatFixture
{
    private static readonly Caller Admin = new("admin", "test");

    private readonly Dictionary<string, SemaphoreSlim> _gates = [];

    [Test]
    public async Task Of_a_prompt_whose_turn_takes_longer_than_its_interval_one_firing_waits_and_people_come_first()
    {
        var agent = await SlowAgentAsync("polled");
        var (poll, other) = (await PromptAsync(agent, "poll"), await PromptAsync(agent, "look"));

        for (var job = 1; job <= 10; job++)
        {
            await FireAsync(poll, $"{job}");
            await FireAsync(other, $"{job}");
        }

        await SendAsync(agent, "and me?");
        await SendAsync(agent, "me too");

        Assert.That(await LineAsync(agent), Is.EqualTo(new[] { "accepted poll", "parked look", "parked poll", "accepted and me?", "accepted me too" }));
        Release("polled", 5);
        await Eventually.That(() => AnsweredAsync(agent), Is.EqualTo(new[] { "poll", "and me?", "me too", "look", "poll" }));

        await FireAsync(poll, "11");
        Release("polled", 1);
        await Eventually.That(async () => (await AnsweredAsync(agent)).Count, Is.EqualTo(6));
    }

    [Test]
    public async Task After_a_pause_people_are_answered_first_and_of_each_prompt_one_firing()
    {
        var agent = await SlowAgentAsync("rested");
        var poll = await PromptAsync(agent, "poll");
        await Service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        for (var job = 1; job <= 10; job++)
        {
            await FireAsync(poll, $"{job}");
        }

        await SendAsync(agent, "are you back?");
        await Service.Database.ExecuteAsync($"UPDATE openclaw.scheduled_prompts SET message = 'poll better' WHERE id = '{poll}'");
        await FireAsync(poll, "11");
        await FireAsync(poll, "12");

        Assert.That(await LineAsync(agent), Is.EqualTo(new[] { "parked poll", "parked are you back?", "parked poll better" }), "A prompt that says something else is another one.");
        Release("rested", 3);
        await Service.Api.PostAsync($"/api/v1/agents/{agent}/resume");

        await Eventually.That(() => AnsweredAsync(agent), Is.EqualTo(new[] { "are you back?", "poll", "poll better" }));
    }

    [Test]
    public async Task Messages_in_line_when_an_agent_stops_are_dead_with_the_reason()
    {
        var agent = await SlowAgentAsync("leaving");
        foreach (var text in new[] { "first", "second", "third" })
        {
            await SendAsync(agent, text);
        }

        var poll = await PromptAsync(agent, "poll");
        await FireAsync(poll, "1");

        // As when the stop is faster than the line.
        await Service.Database.ExecuteAsync($"UPDATE openclaw.agents SET status = 'stopped', stopped_at = now() WHERE id = '{agent}'");
        Release("leaving", 1);

        await Eventually.That(() => LineAsync(agent), Is.EqualTo(new[] { "delivered first", "dead second", "dead third", "parked poll" }));
        Assert.That(
            await Service.Database.LinesAsync($"SELECT DISTINCT state_reason FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}' AND state = 'dead'"),
            Is.EqualTo(new[] { "The agent was stopped before the message could be delivered." }));
    }

    [Test]
    public async Task A_stop_leaves_nothing_waiting_for_the_agent()
    {
        var agent = await SlowAgentAsync("gone");
        var poll = await PromptAsync(agent, "poll");
        for (var number = 1; number <= 5; number++)
        {
            await SendAsync(agent, $"{number}");
        }

        await FireAsync(poll, "1");

        var stopping = Service.Api.DeleteAsync($"/api/v1/agents/{agent}");
        await Eventually.That(() => Service.Database.TextAsync($"SELECT operation FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("stop"));
        Release("gone", 1);

        await stopping;
        await Eventually.That(
            async () => (await LineAsync(agent)).Select(line => line.Split(' ')[0]).Distinct().Order(), Is.EqualTo(new[] { "dead", "delivered" }));
        Assert.That(
            await Service.Database.TextAsync($"SELECT count(*) FILTER (WHERE state = 'parked') || ' of ' || count(*) FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND recipient = 'owner:admin' AND reply_to IS NULL"),
            Is.EqualTo("2 of 2"), "What happened to the agent is still told.");
    }

    private async Task<Guid> SlowAgentAsync(string name)
    {
        var gate = _gates[name] = new SemaphoreSlim(0);
        Runtime.Answer($"scripted/{name}", async (turn, token) =>
        {
            await gate.WaitAsync(token);
            return turn.Message;
        });
        var answer = await Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model = $"scripted/{name}", heartbeat = new { enabled = false } });
        return answer.AgentId;
    }

    private void Release(string name, int turns) => _gates[name].Release(turns);

    private async Task<Guid> PromptAsync(Guid agent, string text)
    {
        var id = Guid.CreateVersion7();
        var settings = new ScheduleSettings(text, text, new ScheduleTiming { Cron = "0 8 1 1 *" }, SessionKey: null, Enabled: true, DeleteAfterRun: false);
        Assert.That(await Service.Services.GetRequiredService<ScheduleService>().AddAsync(id, agent, settings, Admin, default), Is.InstanceOf<Decision<Guid>.Accepted>());
        return id;
    }

    private Task FireAsync(Guid prompt, string job) => Service.Services.GetRequiredService<ScheduleService>().FireAsync(prompt, job, default);

    private Task<Answer> SendAsync(Guid agent, string content) => Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content }, ("Prefer", "respond-async"));

    private Task<List<string>> LineAsync(Guid agent) =>
        Service.Database.LinesAsync($"SELECT state || ' ' || content FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}' ORDER BY sequence");

    private Task<List<string>> AnsweredAsync(Guid agent) =>
        Service.Database.LinesAsync($"SELECT content FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}' AND state = 'delivered' ORDER BY delivered_at");
}
