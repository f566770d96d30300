using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Engine.Support;
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
        await service.Database.SeedAgentsAsync("scripted/hung", 40);
        await Eventually.That(() => runtime.Turns.Count, Is.EqualTo(40), within: TimeSpan.FromSeconds(20));

        await service.Database.SeedAgentsAsync("scripted/well", 10, "now() + interval '1 second'");
        var provisioned = await service.Api.PostAsync("/api/v1/agents/provision", new { name = "meanwhile", model = "local/echo" });
        var message = await service.Api.PostAsync($"/api/v1/agents/{provisioned.Id("id")}/message", new { content = "still there?" });

        Assert.That(provisioned.Status, Is.EqualTo(HttpStatusCode.Created), provisioned.Body.ToString());
        Assert.That(message.Status, Is.EqualTo(HttpStatusCode.OK), message.Body.ToString());
        await Eventually.That(
            () => service.Database.TextAsync("SELECT count(*) FROM openclaw.heartbeat_executions e JOIN openclaw.agents a ON a.id = e.agent_id WHERE a.model = 'scripted/well' AND e.status = 'ok'"),
            Is.EqualTo("10"));
        Assert.That(
            await service.Database.TextAsync("SELECT max(e.completed_at - e.due_at) < interval '5 seconds' FROM openclaw.heartbeat_executions e JOIN openclaw.agents a ON a.id = e.agent_id WHERE a.model = 'scripted/well'"),
            Is.EqualTo("True"));
        Assert.That(
            await service.Database.TextAsync("SELECT count(*) FROM openclaw.heartbeat_executions WHERE status = 'running'"), Is.EqualTo("40"), "They hang all the while.");
    }
}
