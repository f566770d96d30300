using System.Net.Http.Json;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>The promise of the product, on the real service in a process of its own.</summary>
public sealed class KillAnywhereTests
{
    private const int Agents = 50;
    private const int Kills = 42;
    private const int Killed = 137;

    private static readonly string[] Steps = ["validate", "store_metadata", "connect_runtime", "start_heartbeat", "mark_running"];

    private static readonly string[] Points =
    [
        .. from step in Steps from moment in new[] { "Claimed", "Executed", "Checkpointed" } select $"{moment}:{step}",
        $"{KillSwitch.Called}:connect_runtime",
    ];

    [Test]
    [CancelAfter(600_000)]
    public async Task Killed_before_inside_and_after_every_step_the_service_provisions_every_agent_once()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var service = new ServiceProcess(database);
        var unanswered = new List<int>();
        var asked = 0;

        foreach (var point in Enumerable.Range(0, Kills).Select(kill => Points[kill % Points.Length]))
        {
            await service.StartAsync(killAt: point);
            unanswered.Add(++asked);
            await AskAsync(service, unanswered);
            Assert.That(await service.EndAsync(), Is.EqualTo(Killed), $"{point}\n{service.Log}");
        }

        await service.StartAsync();
        unanswered.AddRange(Enumerable.Range(asked + 1, Agents - asked));
        await AskAsync(service, unanswered);

        Assert.That(unanswered, Is.Empty);
        await Eventually.That(
            () => database.LinesAsync("SELECT concat_ws(': ', status, error_message), count(*) FROM openclaw.agents GROUP BY 1"), Is.EqualTo(new[] { $"running|{Agents}" }), TimeSpan.FromSeconds(30));
        Assert.That(
            await database.LinesAsync("SELECT status, count(*) FROM openclaw_system.workflow_status GROUP BY status"),
            Is.EqualTo(new[] { $"SUCCESS|{Agents}" }));
        Assert.That(
            await database.LinesAsync("SELECT function_name, count(*), count(DISTINCT workflow_uuid), count(completed_at) FROM openclaw_system.operation_outputs GROUP BY function_name, function_id ORDER BY function_id"),
            Is.EqualTo(Steps.Select(step => $"{step}|{Agents}|{Agents}|{Agents}")));
        Assert.That(
            await database.LinesAsync("SELECT step, count(*) FROM openclaw_system.workflow_events WHERE kind = 'step_completed' GROUP BY step"),
            Is.EquivalentTo(Steps.Select(step => $"{step}|{Agents}")), "Every step was completed once.");
        Assert.That(
            await database.LinesAsync("SELECT count(*), count(DISTINCT subject) FROM openclaw.audit_log WHERE action = 'agent.provisioning'"),
            Is.EqualTo(new[] { $"{Agents}|{Agents}" }), "The effect that commits with its checkpoint happened once.");
        var keys = await database.LinesAsync("SELECT agent_id, workflow_uuid || ':connect_runtime' FROM openclaw_system.workflow_status");
        Assert.That(RecordedCall.ReadAll(service.RecordingPath).Select(call => $"{call.AgentId}|{call.Key}").Distinct(), Is.EquivalentTo(keys));
    }

    /// <summary>Asks for the agents, each under its key, until the service has answered for all of them or is gone.</summary>
    private static async Task AskAsync(ServiceProcess service, List<int> agents)
    {
        foreach (var agent in agents.ToList())
        {
            try
            {
                var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/agents/provision")
                {
                    Content = JsonContent.Create(new { name = $"agent {agent}", model = "recorded/any", heartbeat = new { enabled = false } }),
                    Headers = { { "Idempotency-Key", $"agent-{agent}" }, { "Prefer", "respond-async" } },
                };
                using var answer = await service.Api.SendAsync(request);
                answer.EnsureSuccessStatusCode();
                agents.Remove(agent);
            }
            catch (HttpRequestException gone) when (gone.StatusCode is null)
            {
                return;
            }
        }
    }
}
