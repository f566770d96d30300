using System.Net;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Heartbeats;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Messages;

/// <summary>The line of messages behind a turn that a pause, a cancel or a brake cuts short, and behind an operation that is given up.</summary>
public sealed class CutShortTests : HeartbeatFixture
{
    private readonly Dictionary<string, SemaphoreSlim> _gates = [];

    [Test]
    public async Task A_pause_that_cuts_a_turn_short_parks_those_behind_it_and_a_resume_has_them_answered_in_order()
    {
        var agent = await BusyAgentAsync("cut");

        await PauseWithoutPatienceAsync(agent);

        await Eventually.That(() => LineAsync(agent), Is.EqualTo(new[] { "parked first", "parked second", "parked third" }));
        _gates["cut"].Release(3);
        await Service.Api.CarryOutAsync($"/api/v1/agents/{agent}/resume");
        await Eventually.That(() => AnsweredAsync(agent), Is.EqualTo(new[] { "first", "second", "third" }));
        await Eventually.That(() => OpenRunsAsync(agent), Is.EqualTo("0"));
    }

    [Test]
    public async Task A_stop_of_an_agent_whose_turn_a_pause_cut_short_leaves_nothing_in_line()
    {
        var agent = await BusyAgentAsync("ended");
        await PauseWithoutPatienceAsync(agent);

        Assert.That((await Service.Api.DeleteAsync($"/api/v1/agents/{agent}")).IsSuccessStatusCode, Is.True);

        await Eventually.That(() => LineAsync(agent), Is.EqualTo(new[] { "dead first", "dead second", "dead third" }));
        await Eventually.That(() => OpenRunsAsync(agent), Is.EqualTo("0"));
    }

    [Test]
    public async Task What_came_while_a_pause_was_under_way_that_is_cancelled_is_answered()
    {
        var agent = await BusyAgentAsync("back");
        await KeepBusyAsync(agent);
        var pause = (await Service.Api.PostAsync($"/api/v1/agents/{agent}/pause", null, ("Prefer", "respond-async"))).Id("workflow_uuid");
        await Service.Api.PostAsync($"/api/v1/workflows/{await UnderWayAsync(agent)}/cancel", new { reason = "It takes too long." });
        await Eventually.That(() => LineAsync(agent), Is.EqualTo(new[] { "parked first", "parked second", "parked third" }));

        _gates["back"].Release(4);
        await Service.Api.PostAsync($"/api/v1/workflows/{pause}/cancel", new { reason = "Not now." });
        await SendAsync(agent, "fourth");

        await Eventually.That(() => AnsweredAsync(agent), Is.EqualTo(new[] { "first", "second", "third", "fourth" }));
    }

    [Test]
    public async Task After_a_cancel_of_the_turn_under_way_those_behind_it_are_answered_in_order()
    {
        var agent = await BusyAgentAsync("cancelled");
        await Service.Api.PostAsync($"/api/v1/workflows/{await UnderWayAsync(agent)}/cancel", new { reason = "It takes too long." });
        await Eventually.That(async () => (await LineAsync(agent))[0], Is.EqualTo("dead first"));
        _gates["cancelled"].Release(2);

        await Eventually.That(() => AnsweredAsync(agent), Is.EqualTo(new[] { "second", "third" }));
    }

    [Test]
    public async Task Behind_a_turn_that_a_brake_aborts_nobody_is_asked_until_it_is_released_and_then_in_order()
    {
        var agent = await BusyAgentAsync("braked");

        var brake = (await Service.Api.PostAsync("/api/v1/brakes", new { mode = "abort", agent_id = agent })).Id("id");
        await Eventually.That(() => LineAsync(agent), Is.EqualTo(new[] { "dead first", "parked second", "parked third" }));
        _gates["braked"].Release(2);
        await Service.Api.CallAsync(HttpMethod.Delete, $"/api/v1/brakes/{brake}", null, []);

        await Eventually.That(() => AnsweredAsync(agent), Is.EqualTo(new[] { "second", "third" }));
    }

    [Test]
    public async Task A_turn_that_was_cut_short_and_had_anew_is_not_taken_up_a_second_time()
    {
        var agent = await BusyAgentAsync("once");
        var first = await UnderWayAsync(agent);
        await PauseWithoutPatienceAsync(agent);
        _gates["once"].Release(3);
        await Service.Api.CarryOutAsync($"/api/v1/agents/{agent}/resume");
        await Eventually.That(() => AnsweredAsync(agent), Has.Count.EqualTo(3));

        var answer = await Service.Api.PostAsync($"/api/v1/workflows/{first}/resume");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(answer.Text("detail"), Does.StartWith("The message was sent on its way anew since (workflow "));
    }

    // One message is under way, two are behind it.
    private async Task<Guid> BusyAgentAsync(string name)
    {
        var gate = _gates[name] = new SemaphoreSlim(0);
        Runtime.Answer($"scripted/{name}", async (turn, token) =>
        {
            await gate.WaitAsync(token);
            return turn.Message;
        });
        var agent = (await Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model = $"scripted/{name}", heartbeat = new { enabled = false } })).AgentId;
        foreach (var text in new[] { "first", "second", "third" })
        {
            await SendAsync(agent, text);
        }

        await Eventually.That(() => Runtime.Turns, Has.Some.Matches<(Guid Agent, Turn Turn)>(asked => asked.Agent == agent));
        return agent;
    }

    // It began longer ago than it waits for a turn.
    private async Task PauseWithoutPatienceAsync(Guid agent)
    {
        var pause = (await Service.Api.PostAsync($"/api/v1/agents/{agent}/pause", null, ("Prefer", "respond-async"))).Id("workflow_uuid");
        await Service.Database.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET created_at = created_at - interval '1 minute' WHERE workflow_uuid = '{pause}'");
        await Eventually.That(() => Service.Database.TextAsync($"SELECT status || coalesce(operation, '') FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("paused"), TimeSpan.FromSeconds(60));
    }

    // A pause waits for it.
    private Task KeepBusyAsync(Guid agent) => Service.Database.ExecuteAsync(
        $"""
        INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, queue, status, agent_id, owner, request, due_at, executor_id)
        SELECT gen_random_uuid(), 'heartbeat', 1, mode, 'heartbeats', status, agent_id, owner, request, now() + interval '1 day', executor_id
        FROM openclaw_system.workflow_status WHERE agent_id = '{agent}' AND name = 'route_message' AND executor_id IS NOT NULL
        """);

    private async Task<Guid> UnderWayAsync(Guid agent) =>
        Guid.Parse(await Service.Database.TextAsync($"SELECT workflow_uuid::text FROM openclaw_system.workflow_status WHERE agent_id = '{agent}' AND name = 'route_message' AND executor_id IS NOT NULL"));

    private Task<string> OpenRunsAsync(Guid agent) =>
        Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE agent_id = '{agent}' AND status IN ('ENQUEUED', 'PENDING')");

    private Task<Answer> SendAsync(Guid agent, string content) => Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content }, ("Prefer", "respond-async"));

    private Task<List<string>> LineAsync(Guid agent) =>
        Service.Database.LinesAsync($"SELECT state || ' ' || content FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}' ORDER BY sequence");

    private Task<List<string>> AnsweredAsync(Guid agent) =>
        Service.Database.LinesAsync($"SELECT content FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}' AND state = 'delivered' ORDER BY delivered_at");
}
