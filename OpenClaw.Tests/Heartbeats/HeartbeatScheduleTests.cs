using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Jobs.Workflows.Definitions;
using OpenClaw.Tests.Jobs.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Heartbeats;

/// <summary>Beats on schedule. Tests move an agent's due time, not the clock.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class HeartbeatScheduleTests
{
    private readonly ScriptedRuntime _runtime = new();
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start_the_service()
    {
        _runtime.Answer("scripted/well", HeartbeatReply.AllWell);
        _service = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(_runtime));
    }

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _service.DisposeAsync();

    [Test]
    public async Task A_beat_that_was_missed_many_times_runs_once_and_the_schedule_keeps_its_phase()
    {
        var agent = await ProvisionAsync("scripted/well");

        await DueAsync(agent, "now() - interval '12 minutes 30 seconds'");

        await Eventually.That(() => BeatsAsync(agent), Has.Length.EqualTo(1));
        await Eventually.That(() => _service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
        Assert.That(
            await _service.Database.TextAsync($"SELECT round(extract(epoch FROM next_heartbeat_at - due_at) / 60) FROM openclaw.agents a JOIN openclaw.heartbeat_executions e ON e.agent_id = a.id WHERE a.id = '{agent}'"),
            Is.EqualTo("15"), "12.5 minutes late at an interval of five: the fourth beat is next.");
        Assert.That((await BeatsAsync(agent))[0].GetProperty("status").GetString(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task Many_sweeps_at_once_start_each_beat_once()
    {
        var agents = new List<Guid>();
        for (var i = 0; i < 20; i++)
            agents.Add(await ProvisionAsync("scripted/well"));

        await _service.Database.ExecuteAsync($"UPDATE openclaw.agents SET next_heartbeat_at = now() WHERE id IN ({string.Join(',', agents.Select(id => $"'{id}'"))})");
        var sweep = _service.Services.GetRequiredService<HeartbeatSweep>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => sweep.RunAsync(default))));

        await Eventually.That(async () => (await Task.WhenAll(agents.Select(BeatsAsync))).Select(beats => beats.Length), Is.All.EqualTo(1));
        Assert.That(
            await _service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'heartbeat' AND agent_id IN ({string.Join(',', agents.Select(id => $"'{id}'"))})"),
            Is.EqualTo("20"));
    }

    [Test]
    public async Task Pause_takes_an_agent_off_the_schedule_and_resume_puts_it_back_at_its_phase()
    {
        var agent = await ProvisionAsync("scripted/well");
        await DueAsync(agent, "now() + interval '3 minutes'");

        await _service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        Assert.That(await _service.Database.TextAsync($"SELECT next_heartbeat_at IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
        await _service.Api.PostAsync($"/api/v1/agents/{agent}/resume");

        Assert.That(
            await _service.Database.TextAsync($"SELECT next_heartbeat_at - now() BETWEEN interval '2 minutes' AND interval '3 minutes' FROM openclaw.agents WHERE id = '{agent}'"),
            Is.EqualTo("True"));
    }

    [Test]
    public async Task A_shorter_interval_counts_at_once_and_a_disabled_heart_does_not_beat()
    {
        var agent = await ProvisionAsync("scripted/well");
        await DueAsync(agent, "now() + interval '5 minutes'");

        await PatchAsync(agent, new { heartbeat = new { interval = "1m" } });
        Assert.That(await _service.Database.TextAsync($"SELECT next_heartbeat_at <= now() + interval '1 minute' FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
        await PatchAsync(agent, new { heartbeat = new { enabled = false } });

        Assert.That(await _service.Database.TextAsync($"SELECT next_heartbeat_at IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
    }

    [Test]
    public async Task Outside_of_its_active_hours_a_beat_is_recorded_as_skipped_and_nobody_is_asked()
    {
        var agent = await ProvisionAsync("scripted/well");
        await PatchAsync(agent, new { heartbeat = new { active_hours = new { start = "08:00", end = "08:00", time_zone = "Europe/Berlin" } } });

        await DueAsync(agent, "now()");

        var beats = await Eventually.That(() => BeatsAsync(agent), Has.Length.EqualTo(1));
        Assert.That((beats[0].GetProperty("status").GetString(), beats[0].GetProperty("reason").GetString()), Is.EqualTo(("skipped", "Outside of its active hours, 08:00 to 08:00 Europe/Berlin.")));
        Assert.That(_runtime.Turns.Select(turn => turn.Agent), Does.Not.Contain(agent));
        Assert.That((await _service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat")).Status, Is.EqualTo(HttpStatusCode.OK), "A person may ask at any time.");
    }

    [Test]
    public async Task Active_hours_that_are_none_are_refused_with_what_is_allowed()
    {
        var agent = await ProvisionAsync("scripted/well");

        var refused = await PatchAsync(agent, new { heartbeat = new { active_hours = new { start = "8", end = "22:00" } } });

        Assert.That((refused.Status, refused.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "heartbeat.active_hours" })));
    }

    [Test]
    public async Task Three_failures_in_a_row_degrade_an_agent_and_a_success_clears_it_each_told_once()
    {
        _runtime.Answer("scripted/moody", "");
        var agent = await ProvisionAsync("scripted/moody");

        for (var beat = 1; beat <= 4; beat++)
            await BeatAsync(agent, beat);

        var degraded = (await _service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Body;
        Assert.That(degraded.GetProperty("heartbeat_failures").GetInt32(), Is.EqualTo(4));
        Assert.That(degraded.GetProperty("degraded_at").ValueKind, Is.EqualTo(JsonValueKind.String));
        Assert.That(await ToldAsync(agent), Is.EqualTo(new[] { "moody has missed 3 heartbeats in a row: The agent answered with nothing." }));

        _runtime.Answer("scripted/moody", HeartbeatReply.AllWell);
        await BeatAsync(agent, 5);

        Assert.That((await _service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Body.GetProperty("degraded_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(await ToldAsync(agent), Has.Length.EqualTo(2).And.Contains("moody's heart beats again."));
    }

    [Test]
    public async Task An_alert_reaches_the_owner_with_what_needs_attention()
    {
        _runtime.Answer("scripted/alarmed", "1. ok\n2. attention: 95% full");
        var agent = await ProvisionAsync("scripted/alarmed", "inbox", "disk");

        await BeatAsync(agent, 1);

        var beat = (await BeatsAsync(agent))[0];
        Assert.That(beat.GetProperty("status").GetString(), Is.EqualTo("alert"));
        Assert.That(
            beat.GetProperty("checklist_results").EnumerateArray().Select(item => item.GetProperty("status").GetString()), Is.EqualTo(new[] { "ok", "attention" }));
        Assert.That(await ToldAsync(agent), Is.EqualTo(new[] { "alarmed: disk: 95% full" }));
    }

    [Test]
    public async Task Agents_that_hang_or_answer_nonsense_are_recorded_as_such_and_hold_nobody_up()
    {
        _runtime.Answer("scripted/hung", async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return "";
        });
        _runtime.Answer("scripted/huge", new string('x', 2_000_000));
        _runtime.Answer("scripted/deaf", (_, _) => new TaskCompletionSource<string>().Task);
        var (hung, deaf, huge, well) = (await ProvisionAsync("scripted/hung"), await ProvisionAsync("scripted/deaf"), await ProvisionAsync("scripted/huge"), await ProvisionAsync("scripted/well"));

        // The shortest interval that the database takes: a beat has ended before the next is due.
        await _service.Database.ExecuteAsync($"UPDATE openclaw.agents SET heartbeat_interval = interval '7 seconds', next_heartbeat_at = now() WHERE id IN ('{hung}', '{deaf}')");
        await DueAsync(huge, "now()");
        await DueAsync(well, "now()");

        await Eventually.That(() => StatusesAsync(well), Does.Contain("ok"));
        await Eventually.That(() => StatusesAsync(huge), Does.Contain("alert"));
        await Eventually.That(() => StatusesAsync(hung), Has.Length.GreaterThanOrEqualTo(2).And.Contains("failed"), TimeSpan.FromSeconds(25));
        await Eventually.That(() => StatusesAsync(deaf), Has.Length.GreaterThanOrEqualTo(2).And.Contains("failed"), TimeSpan.FromSeconds(25));
        Assert.That((await BeatsAsync(hung))[^1].GetProperty("reason").GetString(), Does.Contain("had not answered"));
    }

    [Test]
    public async Task Stop_takes_an_agent_off_the_schedule()
    {
        var agent = await ProvisionAsync("scripted/well");

        await _service.Api.CallAsync(HttpMethod.Delete, $"/api/v1/agents/{agent}", null, []);

        Assert.That(await _service.Database.TextAsync($"SELECT status || coalesce(next_heartbeat_at::text, ' unscheduled') FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("stopped unscheduled"));
    }

    [Test]
    public async Task A_beat_that_was_enqueued_when_its_agent_was_paused_is_recorded_as_skipped()
    {
        var agent = await ProvisionAsync("scripted/well");
        await _service.Api.PostAsync($"/api/v1/agents/{agent}/pause");

        await StartBeatAsync(agent);

        await Eventually.That(() => StatusesAsync(agent), Is.EqualTo(new[] { "skipped" }));
        Assert.That((await BeatsAsync(agent))[0].GetProperty("reason").GetString(), Does.Contain("not running"));
        Assert.That(_runtime.Turns.Select(turn => turn.Agent), Does.Not.Contain(agent));
    }

    [Test]
    public async Task History_tells_how_long_a_beat_took_and_goes_on_at_the_cursor()
    {
        var agent = await ProvisionAsync("scripted/well");
        for (var beat = 1; beat <= 3; beat++)
            await BeatAsync(agent, beat);

        var newest = (await _service.Api.GetJsonAsync($"/api/v1/agents/{agent}/heartbeats?limit=2")).Body;
        var rest = (await _service.Api.GetJsonAsync($"/api/v1/agents/{agent}/heartbeats?limit=2&cursor={newest.GetProperty("next_cursor").GetGuid()}")).Body;

        var ids = newest.GetProperty("heartbeats").EnumerateArray().Concat(rest.GetProperty("heartbeats").EnumerateArray()).Select(beat => beat.GetProperty("id").GetGuid()).ToList();
        Assert.That(ids, Has.Count.EqualTo(3).And.Unique.And.Ordered.Descending);
        Assert.That(rest.GetProperty("next_cursor").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            newest.GetProperty("heartbeats").EnumerateArray().Select(beat => beat.GetProperty("duration_ms").GetDouble()), Is.All.InRange(0, 10_000));
    }

    [Test]
    public async Task A_beat_has_until_the_next_one_is_due()
    {
        var agent = await ProvisionAsync("scripted/well");

        await DueAsync(agent, "now() - interval '3 minutes'");

        await Eventually.That(() => BeatsAsync(agent), Has.Length.EqualTo(1));
        Assert.That(
            await _service.Database.TextAsync($"""
                SELECT (o.output ->> 'until')::timestamptz = a.next_heartbeat_at AND a.next_heartbeat_at < now() + interval '3 minutes'
                FROM openclaw.agents a JOIN openclaw_system.workflow_status w ON w.agent_id = a.id AND w.name = 'heartbeat'
                JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_name = 'open_execution' WHERE a.id = '{agent}'
                """),
            Is.EqualTo("True"));
    }

    [Test]
    public async Task A_beat_on_demand_that_fails_leaves_the_schedules_claim_alone()
    {
        _runtime.Answer("scripted/sick", (_, _) => throw new StepFailedException("sick", "It is sick.") { NonRetryable = true });
        var agent = await ProvisionAsync("scripted/sick");
        await _service.Database.ExecuteAsync($"UPDATE openclaw.agents SET heartbeat_claimed_until = now() + interval '1 hour' WHERE id = '{agent}'");

        await _service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");

        await Eventually.That(() => StatusesAsync(agent), Is.EqualTo(new[] { "failed" }));
        Assert.That(await _service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("False"));
    }

    [Test]
    public async Task A_beat_that_ends_before_it_begins_is_recorded_as_failed_and_gives_the_claim_back()
    {
        var agent = await ProvisionAsync("scripted/well");
        await _service.Database.ExecuteAsync($"UPDATE openclaw.agents SET heartbeat_claimed_until = now() + interval '1 hour' WHERE id = '{agent}'");

        await _service.Database.SeedUnknownVersionAsync(agent, "heartbeat", "open_execution", """{"due_at": "2026-05-04T03:02:01Z", "on_demand": false}""");

        var beat = (await Eventually.That(() => BeatsAsync(agent), Has.Length.EqualTo(1)))[0];
        Assert.That(beat.GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(beat.GetProperty("reason").GetString(), Does.Contain("does not know workflow heartbeat version 99"));
        Assert.That(beat.GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero)));
        Assert.That(await _service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
    }

    [Test]
    public async Task The_sweep_stands_on_hangfires_page_of_recurring_jobs()
    {
        using var browser = _service.Browser();
        await new SignInForm(browser).SignInAsync(RunningService.Token);

        Assert.That(await browser.GetStringAsync("/hangfire/recurring"), Does.Contain("heartbeat-sweep"));
    }

    private async Task<Guid> ProvisionAsync(string model, params string[] checklist)
    {
        var answer = await _service.Api.PostAsync("/api/v1/agents/provision", new { name = model.Split('/')[1], model, heartbeat = new { interval = "5m", checklist } });
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Body.ToString());
        await DueAsync(answer.Id("id"), "now() + interval '4 minutes'");
        return answer.Id("id");
    }

    private Task<Answer> PatchAsync(Guid agent, object settings) =>
        _service.Api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{agent}/settings", JsonContent.Create(settings), []);

    private Task DueAsync(Guid agent, string when) => _service.Database.ExecuteAsync($"UPDATE openclaw.agents SET next_heartbeat_at = {when} WHERE id = '{agent}'");

    private Task<Guid> StartBeatAsync(Guid agent) => _service.Services.GetRequiredService<WorkflowClient>().StartAsync(
        new WorkflowStart(HeartbeatWorkflow.Name, "admin", new HeartbeatRequest(DateTimeOffset.UtcNow, OnDemand: false)) { AgentId = agent }, default);

    private async Task BeatAsync(Guid agent, int number)
    {
        await DueAsync(agent, "now()");
        await Eventually.That(async () => (await StatusesAsync(agent)).Count(status => status != "running"), Is.EqualTo(number));
        await Eventually.That(() => _service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
    }

    private async Task<JsonElement[]> BeatsAsync(Guid agent) =>
        [.. (await _service.Api.GetJsonAsync($"/api/v1/agents/{agent}/heartbeats")).Body.GetProperty("heartbeats").EnumerateArray()];

    private async Task<string[]> StatusesAsync(Guid agent) => [.. (await BeatsAsync(agent)).Select(beat => beat.GetProperty("status").GetString()!)];

    private async Task<string[]> ToldAsync(Guid agent) =>
        (await _service.Database.TextAsync($"SELECT coalesce(string_agg(content, '|' ORDER BY sequence), '') FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND recipient LIKE 'owner:%'"))
        .Split('|', StringSplitOptions.RemoveEmptyEntries);
}
