using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Heartbeats;

/// <summary>What is kept of a beat, and who is told.</summary>
[Category("Slow")]
public sealed class HeartbeatRecordTests : HeartbeatFixture
{
    [Test]
    public async Task Outside_of_its_active_hours_a_beat_is_recorded_as_skipped_and_nobody_is_asked()
    {
        var agent = await ProvisionAsync("scripted/well");
        await PatchAsync(agent, new { heartbeat = new { active_hours = new { start = "08:00", end = "08:00", time_zone = "Europe/Berlin" } } });

        await DueAsync(agent, "now()");

        var beats = await Eventually.That(() => BeatsAsync(agent), Has.Length.EqualTo(1));
        Assert.That((beats[0].GetProperty("status").GetString(), beats[0].GetProperty("reason").GetString()), Is.EqualTo(("skipped", "Outside of its active hours, 08:00 to 08:00 Europe/Berlin.")));
        Assert.That(Runtime.Turns.Select(turn => turn.Agent), Does.Not.Contain(agent));
        Assert.That((await Service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat")).Status, Is.EqualTo(HttpStatusCode.OK), "A person may ask at any time.");
    }

    [Test]
    public async Task Three_failures_in_a_row_degrade_an_agent_and_a_success_clears_it_each_told_once()
    {
        Runtime.Answer("scripted/moody", "");
        var agent = await ProvisionAsync("scripted/moody");

        for (var beat = 1; beat <= 4; beat++)
        {
            await BeatAsync(agent, beat);
        }

        var degraded = (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Body;
        Assert.That(degraded.GetProperty("heartbeat_failures").GetInt32(), Is.EqualTo(4));
        Assert.That(degraded.GetProperty("degraded_at").ValueKind, Is.EqualTo(JsonValueKind.String));
        Assert.That(await ToldAsync(agent), Is.EqualTo(new[] { "moody has missed 3 heartbeats in a row: The agent answered with nothing." }));

        Runtime.Answer("scripted/moody", HeartbeatReply.AllWell);
        await BeatAsync(agent, 5);

        Assert.That((await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Body.GetProperty("degraded_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(await ToldAsync(agent), Has.Length.EqualTo(2).And.Contains("moody's heart beats again."));
    }

    [Test]
    public async Task An_alert_reaches_the_owner_with_what_needs_attention()
    {
        Runtime.Answer("scripted/alarmed", "1. ok\n2. attention: 95% full");
        var agent = await ProvisionAsync("scripted/alarmed", "inbox", "disk");

        await BeatAsync(agent, 1);

        var beat = (await BeatsAsync(agent))[0];
        Assert.That(beat.GetProperty("status").GetString(), Is.EqualTo("alert"));
        Assert.That(
            beat.GetProperty("checklist_results").EnumerateArray().Select(item => item.GetProperty("status").GetString()), Is.EqualTo(new[] { "ok", "attention" }));
        Assert.That(await ToldAsync(agent), Is.EqualTo(new[] { "alarmed: disk: 95% full" }));
    }

    [Test]
    public async Task What_an_agent_says_beside_an_acknowledgement_is_kept_on_the_beat_and_told_as_a_note()
    {
        Runtime.Answer("scripted/chatty", "HEARTBEAT_OK\nBackup failed: exit code 2.");
        var agent = await ProvisionAsync("scripted/chatty", "inbox");

        await BeatAsync(agent, 1);

        var beat = (await BeatsAsync(agent))[0];
        Assert.That((beat.GetProperty("status").GetString(), beat.GetProperty("reason").GetString()), Is.EqualTo(("ok", "Backup failed: exit code 2.")));
        Assert.That(await ToldAsync(agent), Is.EqualTo(new[] { "chatty: Backup failed: exit code 2." }));
        Assert.That(
            await Service.Database.TextAsync($"SELECT metadata ->> 'event' FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND content LIKE '%exit code 2.'"), Is.EqualTo("heartbeat_note"));

        Runtime.Answer("scripted/chatty", "✅ **Heartbeat OK**");
        await BeatAsync(agent, 2);
        Assert.That(await ToldAsync(agent), Has.Length.EqualTo(1));
    }

    [TestCase("pause", "resume")]
    [TestCase("pause", null)]
    public async Task A_beat_that_waits_for_its_next_attempt_when_its_agent_is_put_to_rest_is_skipped(string operation, string? back)
    {
        var model = $"scripted/flaky-{back ?? "away"}";
        Runtime.Answer(model, (_, _) => throw new StepFailedException("busy", "It is busy.") { RetryAfter = TimeSpan.FromSeconds(5) });
        var agent = await ProvisionAsync(model);
        await DueAsync(agent, "now()");
        await Eventually.That(
            () => Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_events e JOIN openclaw_system.workflow_status w USING (workflow_uuid) WHERE w.agent_id = '{agent}' AND w.name = 'heartbeat' AND e.kind = 'step_failed'"),
            Is.EqualTo("1"));
        var asked = Runtime.Turns.Count(turn => turn.Agent == agent);

        Assert.That((await Service.Api.PostAsync($"/api/v1/agents/{agent}/{operation}")).Status, Is.EqualTo(HttpStatusCode.OK));

        await Eventually.That(() => StatusesAsync(agent), Is.EqualTo(new[] { "skipped" }));
        Assert.That(Runtime.Turns.Count(turn => turn.Agent == agent), Is.EqualTo(asked), "A paused agent is asked nothing.");
        Assert.That(await Service.Database.TextAsync($"SELECT heartbeat_failures || ' ' || coalesce(last_heartbeat_at::text, 'never') FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("0 never"));
        if (back is not null)
        {
            Runtime.Answer(model, HeartbeatReply.AllWell);
            await Service.Api.PostAsync($"/api/v1/agents/{agent}/{back}");
            await DueAsync(agent, "now()");
            await Eventually.That(() => StatusesAsync(agent), Is.EqualTo(new[] { "ok", "skipped" }));
        }
    }

    [Test]
    public async Task A_beat_that_fails_while_its_agent_is_being_paused_is_skipped()
    {
        var (asked, end) = (new Signal(), new Signal());
        Runtime.Answer("scripted/interrupted", async (_, _) =>
        {
            asked.TrySetResult();
            await end.Task;
            throw new StepFailedException("heartbeat_timed_out", "The agent had not answered when its next heartbeat came near.") { NonRetryable = true };
        });
        var agent = await ProvisionAsync("scripted/interrupted");
        await DueAsync(agent, "now()");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var pausing = Service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        await Eventually.That(() => Service.Database.TextAsync($"SELECT operation FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("pause"));
        end.SetResult();

        await Eventually.That(() => StatusesAsync(agent), Is.EqualTo(new[] { "skipped" }));
        await pausing;
        Assert.That(await Service.Database.TextAsync($"SELECT status || heartbeat_failures FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("paused0"));
    }

    [Test]
    public async Task An_old_beat_that_is_resumed_is_asked_and_leaves_the_schedules_claim_alone()
    {
        Runtime.Answer("scripted/relapsed", (_, _) => throw new StepFailedException("sick", "It is sick.") { NonRetryable = true });
        var agent = await ProvisionAsync("scripted/relapsed");
        await DueAsync(agent, "now()");
        await Eventually.That(() => StatusesAsync(agent), Is.EqualTo(new[] { "failed" }));
        var run = await Service.Database.TextAsync($"SELECT workflow_uuid FROM openclaw.heartbeat_executions WHERE agent_id = '{agent}'");
        await Service.Database.ExecuteAsync($$"""
            UPDATE openclaw_system.operation_outputs SET output = jsonb_set(output, '{until}', to_jsonb(now() - interval '1 hour')) WHERE workflow_uuid = '{{run}}' AND function_name = 'open_execution';
            UPDATE openclaw.agents SET heartbeat_claimed_until = now() + interval '1 hour' WHERE id = '{{agent}}';
            """);
        Runtime.Answer("scripted/relapsed", HeartbeatReply.AllWell);

        Assert.That((await Service.Api.PostAsync($"/api/v1/workflows/{run}/resume")).Status, Is.EqualTo(HttpStatusCode.Accepted));

        await Eventually.That(() => StatusesAsync(agent), Is.EqualTo(new[] { "ok" }));
        Assert.That(await Service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("False"));
    }

    [Test]
    public async Task Agents_that_hang_or_answer_nonsense_are_recorded_as_such_and_hold_nobody_up()
    {
        Runtime.Answer("scripted/hung", async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return "";
        });
        Runtime.Answer("scripted/huge", new string('x', 2_000_000));
        Runtime.Answer("scripted/deaf", (_, _) => new Signal<string>().Task);
        var (hung, deaf, huge, well) = (await ProvisionAsync("scripted/hung"), await ProvisionAsync("scripted/deaf"), await ProvisionAsync("scripted/huge"), await ProvisionAsync("scripted/well"));

        // The shortest interval that the database takes: a beat has ended before the next is due.
        await Service.Database.ExecuteAsync($"UPDATE openclaw.agents SET heartbeat_interval = interval '7 seconds', next_heartbeat_at = now() WHERE id IN ('{hung}', '{deaf}')");
        await DueAsync(huge, "now()");
        await DueAsync(well, "now()");

        await Eventually.That(() => StatusesAsync(well), Does.Contain("ok"));
        await Eventually.That(() => StatusesAsync(huge), Does.Contain("alert"));
        await Eventually.That(() => StatusesAsync(hung), Has.Length.GreaterThanOrEqualTo(2).And.Contains("failed"), TimeSpan.FromSeconds(25));
        await Eventually.That(() => StatusesAsync(deaf), Has.Length.GreaterThanOrEqualTo(2).And.Contains("failed"), TimeSpan.FromSeconds(25));
        Assert.That((await BeatsAsync(hung))[^1].GetProperty("reason").GetString(), Does.Contain("had not answered"));
    }

    [Test]
    public async Task A_beat_that_was_enqueued_when_its_agent_was_paused_is_recorded_as_skipped()
    {
        var agent = await ProvisionAsync("scripted/well");
        await Service.Api.PostAsync($"/api/v1/agents/{agent}/pause");

        await StartBeatAsync(agent);

        await Eventually.That(() => StatusesAsync(agent), Is.EqualTo(new[] { "skipped" }));
        Assert.That((await BeatsAsync(agent))[0].GetProperty("reason").GetString(), Does.Contain("not running"));
        Assert.That(Runtime.Turns.Select(turn => turn.Agent), Does.Not.Contain(agent));
    }

    [Test]
    public async Task History_tells_how_long_a_beat_took_and_goes_on_at_the_cursor()
    {
        var agent = await ProvisionAsync("scripted/well");
        for (var beat = 1; beat <= 3; beat++)
        {
            await BeatAsync(agent, beat);
        }

        var newest = (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}/heartbeats?limit=2")).Body;
        var rest = (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}/heartbeats?limit=2&cursor={newest.GetProperty("next_cursor").GetGuid()}")).Body;

        var ids = newest.GetProperty("heartbeats").EnumerateArray().Concat(rest.GetProperty("heartbeats").EnumerateArray()).Select(beat => beat.GetProperty("id").GetGuid()).ToList();
        Assert.That(ids, Has.Count.EqualTo(3).And.Unique.And.Ordered.Descending);
        Assert.That(rest.GetProperty("next_cursor").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            newest.GetProperty("heartbeats").EnumerateArray().Select(beat => beat.GetProperty("duration_ms").GetDouble()), Is.All.InRange(0, 10_000));
    }

    [Test]
    public async Task A_beat_on_demand_that_fails_leaves_the_schedules_claim_alone()
    {
        Runtime.Answer("scripted/sick", (_, _) => throw new StepFailedException("sick", "It is sick.") { NonRetryable = true });
        var agent = await ProvisionAsync("scripted/sick");
        await Service.Database.ExecuteAsync($"UPDATE openclaw.agents SET heartbeat_claimed_until = now() + interval '1 hour' WHERE id = '{agent}'");

        await Service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");

        await Eventually.That(() => StatusesAsync(agent), Is.EqualTo(new[] { "failed" }));
        Assert.That(await Service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("False"));
    }

    [Test]
    public async Task A_beat_that_ends_before_it_begins_is_recorded_as_failed_and_gives_the_claim_back()
    {
        var agent = await ProvisionAsync("scripted/well");
        await Service.Database.ExecuteAsync($"UPDATE openclaw.agents SET heartbeat_claimed_until = now() + interval '1 hour' WHERE id = '{agent}'");

        await Service.Database.SeedUnknownVersionAsync(agent, "heartbeat", "open_execution", """{"due_at": "2026-05-04T03:02:01Z", "on_demand": false}""");

        var beat = (await Eventually.That(() => BeatsAsync(agent), Has.Length.EqualTo(1)))[0];
        Assert.That(beat.GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(beat.GetProperty("reason").GetString(), Does.Contain("does not know workflow heartbeat version 99"));
        Assert.That(beat.GetProperty("due_at").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero)));
        Assert.That(await Service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
    }

    private Task<Guid> StartBeatAsync(Guid agent) => Service.Services.GetRequiredService<WorkflowClient>().StartAsync(
        new WorkflowStart(HeartbeatWorkflow.Name, "admin", new HeartbeatRequest(DateTimeOffset.UtcNow, OnDemand: false)) { AgentId = agent }, default);

    private async Task BeatAsync(Guid agent, int number)
    {
        await DueAsync(agent, "now()");
        await Eventually.That(async () => (await StatusesAsync(agent)).Count(status => status != "running"), Is.EqualTo(number));
        await Eventually.That(() => Service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
    }

    private async Task<string[]> ToldAsync(Guid agent) =>
        (await Service.Database.TextAsync($"SELECT coalesce(string_agg(content, '|' ORDER BY sequence), '') FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND metadata->>'event' LIKE 'heartbeat%'"))
        .Split('|', StringSplitOptions.RemoveEmptyEntries);
}
