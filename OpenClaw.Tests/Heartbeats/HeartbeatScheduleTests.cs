using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Heartbeats;

/// <summary>When hearts beat.</summary>
public sealed class HeartbeatScheduleTests : HeartbeatFixture
{
    [Test]
    public async Task A_beat_that_was_missed_many_times_runs_once_and_the_schedule_keeps_its_phase()
    {
        var agent = await ProvisionAsync("scripted/well");

        await DueAsync(agent, "now() - interval '12 minutes 30 seconds'");

        await Eventually.That(() => BeatsAsync(agent), Has.Length.EqualTo(1));
        await Eventually.That(() => Service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
        Assert.That(
            await Service.Database.TextAsync($"SELECT round(extract(epoch FROM next_heartbeat_at - due_at) / 60) FROM openclaw.agents a JOIN openclaw.heartbeat_executions e ON e.agent_id = a.id WHERE a.id = '{agent}'"),
            Is.EqualTo("15"), "12.5 minutes late at an interval of five: the fourth beat is next.");
        Assert.That((await BeatsAsync(agent))[0].GetProperty("status").GetString(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task Many_sweeps_at_once_start_each_beat_once()
    {
        var agents = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            agents.Add(await ProvisionAsync("scripted/well"));
        }

        await Service.Database.ExecuteAsync($"UPDATE openclaw.agents SET next_heartbeat_at = now() WHERE id IN ({string.Join(',', agents.Select(id => $"'{id}'"))})");
        var sweep = Service.Services.GetRequiredService<HeartbeatSweep>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => sweep.RunAsync(default))));

        await Eventually.That(async () => (await Task.WhenAll(agents.Select(BeatsAsync))).Select(beats => beats.Length), Is.All.EqualTo(1));
        Assert.That(
            await Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'heartbeat' AND agent_id IN ({string.Join(',', agents.Select(id => $"'{id}'"))})"),
            Is.EqualTo("20"));
    }

    [Test]
    public async Task Pause_takes_an_agent_off_the_schedule_and_resume_puts_it_back_at_its_phase()
    {
        var agent = await ProvisionAsync("scripted/well");
        await DueAsync(agent, "now() + interval '3 minutes'");

        await Service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        Assert.That(await Service.Database.TextAsync($"SELECT next_heartbeat_at IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
        await Service.Api.PostAsync($"/api/v1/agents/{agent}/resume");

        Assert.That(
            await Service.Database.TextAsync($"SELECT next_heartbeat_at - now() BETWEEN interval '2 minutes' AND interval '3 minutes' FROM openclaw.agents WHERE id = '{agent}'"),
            Is.EqualTo("True"));
    }

    [Test]
    public async Task A_shorter_interval_counts_at_once_and_a_disabled_heart_does_not_beat()
    {
        var agent = await ProvisionAsync("scripted/well");
        await DueAsync(agent, "now() + interval '5 minutes'");

        await PatchAsync(agent, new { heartbeat = new { interval = "1m" } });
        Assert.That(await Service.Database.TextAsync($"SELECT next_heartbeat_at <= now() + interval '1 minute' FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
        await PatchAsync(agent, new { heartbeat = new { enabled = false } });

        Assert.That(await Service.Database.TextAsync($"SELECT next_heartbeat_at IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
    }

    [Test]
    public async Task Active_hours_that_are_none_are_refused_with_what_is_allowed()
    {
        var agent = await ProvisionAsync("scripted/well");

        var refused = await PatchAsync(agent, new { heartbeat = new { active_hours = new { start = "8", end = "22:00" } } });

        Assert.That((refused.Status, refused.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "heartbeat.active_hours" })));
    }

    [Test]
    public async Task Stop_takes_an_agent_off_the_schedule()
    {
        var agent = await ProvisionAsync("scripted/well");

        await Service.Api.CallAsync(HttpMethod.Delete, $"/api/v1/agents/{agent}", null, []);

        Assert.That(await Service.Database.TextAsync($"SELECT status || coalesce(next_heartbeat_at::text, ' unscheduled') FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("stopped unscheduled"));
    }

    [Test]
    public async Task A_beat_has_until_the_next_one_is_due()
    {
        var agent = await ProvisionAsync("scripted/well");

        await DueAsync(agent, "now() - interval '3 minutes'");

        await Eventually.That(() => BeatsAsync(agent), Has.Length.EqualTo(1));
        Assert.That(
            await Service.Database.TextAsync($"""
                SELECT (o.output ->> 'until')::timestamptz = a.next_heartbeat_at AND a.next_heartbeat_at < now() + interval '3 minutes'
                FROM openclaw.agents a JOIN openclaw_system.workflow_status w ON w.agent_id = a.id AND w.name = 'heartbeat'
                JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_name = 'open_execution' WHERE a.id = '{agent}'
                """),
            Is.EqualTo("True"));
    }

    [Test]
    public async Task The_sweep_stands_on_hangfires_page_of_recurring_jobs()
    {
        using var browser = Service.Browser();
        await new SignInForm(browser).SignInAsync(RunningService.Token);

        Assert.That(await browser.GetStringAsync("/hangfire/recurring"), Does.Contain("heartbeat-sweep"));
    }
}
