using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Jobs.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Heartbeats;

public sealed class HungAgentsTests
{
    [Test]
    public async Task Forty_agents_that_hang_hold_up_no_other_beat_no_provisioning_no_message_and_no_maintenance()
    {
        var runtime = new ScriptedRuntime();
        runtime.Answer("scripted/hung", async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return "";
        });
        runtime.Answer("scripted/well", HeartbeatReply.AllWell);
        await using var service = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(runtime));
        await SeedAsync(service, "hung", 40, "now()");
        await Eventually.That(() => runtime.Turns.Count, Is.EqualTo(40), within: TimeSpan.FromSeconds(20));

        await SeedAsync(service, "well", 10, "now() + interval '1 second'");
        var provisioned = await service.Api.PostAsync("/api/v1/agents/provision", new { name = "meanwhile", model = "local/echo" });
        var message = await service.Api.PostAsync($"/api/v1/agents/{provisioned.Id("id")}/message", new { content = "still there?" });

        Assert.That(provisioned.Status, Is.EqualTo(HttpStatusCode.Created), provisioned.Body.ToString());
        Assert.That((int)message.Status, Is.InRange(200, 202), message.Body.ToString());
        await Eventually.That(
            () => service.Database.TextAsync("SELECT count(*) FROM openclaw.heartbeat_executions e JOIN openclaw.agents a ON a.id = e.agent_id WHERE a.model = 'scripted/well' AND e.status = 'ok'"),
            Is.EqualTo("10"));
        Assert.That(
            await service.Database.TextAsync("SELECT max(e.completed_at - e.due_at) < interval '5 seconds' FROM openclaw.heartbeat_executions e JOIN openclaw.agents a ON a.id = e.agent_id WHERE a.model = 'scripted/well'"),
            Is.EqualTo("True"));
        Assert.That(
            await service.Database.TextAsync("SELECT count(*) FROM openclaw.heartbeat_executions WHERE status = 'running'"), Is.EqualTo("40"), "They hang all the while.");
    }

    private static Task SeedAsync(RunningService service, string name, int count, string due) => service.Database.ExecuteAsync(
        $"""
        INSERT INTO openclaw.agents (id, name, model, user_id, status, openclaw_session_key, heartbeat_enabled, heartbeat_interval, heartbeat_checklist, configuration, next_heartbeat_at)
        SELECT gen_random_uuid(), '{name}' || i, 'scripted/{name}', 'admin', 'running', 'agent:web:{name}' || i, true, '1 hour', '{"{}"}', '{"{}"}', {due} FROM generate_series(1, {count}) i
        """);
}
