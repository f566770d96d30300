using System.Net;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>An endpoint that is not there is no database that is away: its attempts are counted, told, and given up.</summary>
public sealed class UnreachableEndpointTests
{
    [Test]
    public async Task A_turn_at_an_address_where_nobody_is_fails_attempt_by_attempt_and_then_for_good()
    {
        await using var service = await RunningService.StartAsync(
            cluster: null,
            ("OPENAI_BASE_URL", $"http://127.0.0.1:{FreePort.Find()}/v1"), ("ANTHROPIC_BASE_URL", "https://nowhere.invalid"), ("ANTHROPIC_API_KEY", "any"));
        string[] models = ["openai/refused", "anthropic/unnamed"];
        foreach (var model in models)
        {
            var agent = (await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = model, model, heartbeat = new { enabled = false } })).AgentId;
            await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "hello" }, ("Prefer", "respond-async"));
        }

        const string failures = "SELECT DISTINCT a.model FROM openclaw_system.workflow_events e JOIN openclaw_system.workflow_status w USING (workflow_uuid) JOIN openclaw.agents a ON a.id = w.agent_id WHERE w.name = 'route_message' AND e.kind = 'step_failed' AND e.reason LIKE '%cannot be reached%BASE_URL%' ORDER BY 1";
        await Eventually.That(() => service.Database.LinesAsync(failures), Is.EqualTo(models.Order()));
        Assert.That((await service.Api.GetAsync("/readyz")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "The database is well.");

        // As if each had been tried for longer than it is worth.
        await service.Database.ExecuteAsync("UPDATE openclaw_system.workflow_events SET created_at = created_at - interval '11 minutes' WHERE kind = 'step_failed'");
        await service.Database.ExecuteAsync("UPDATE openclaw_system.operation_outputs SET failures = 6 WHERE function_name = 'deliver' AND failures > 0");

        await Eventually.That(
            () => service.Database.LinesAsync("SELECT status, error ->> 'code' FROM openclaw_system.workflow_status WHERE name = 'route_message'"), Is.EqualTo(new[] { "ERROR|model_unreachable", "ERROR|model_unreachable" }), TimeSpan.FromSeconds(60));
        Assert.That(await service.Database.LinesAsync("SELECT state FROM openclaw_system.notifications WHERE recipient LIKE 'agent:%'"), Is.EqualTo(new[] { "dead", "dead" }));
    }
}
