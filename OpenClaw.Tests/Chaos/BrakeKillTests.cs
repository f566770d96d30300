using System.Net;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>A brake while the service is killed: when it is on, and when it is being released.</summary>
public sealed class BrakeKillTests
{
    private const int Killed = 137;
    private const int Agents = 24;

    [Test]
    [CancelAfter(300_000)]
    public async Task A_brake_outlives_kills_and_what_waited_is_answered_once_though_its_release_is_killed_too()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var service = new ServiceProcess(database, ("OPENAI_BASE_URL", $"{provider.Address}v1"));
        await service.StartAsync();
        var agents = new List<Guid>();
        for (var number = 1; number <= Agents; number++)
        {
            var made = await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = $"agent {number}", model = "openai/any", heartbeat = new { enabled = false } });
            agents.Add(made.AgentId);
        }

        var brake = (await service.Api.PostAsync("/api/v1/brakes", new { mode = "abort" })).Id("id");
        foreach (var content in new[] { "first", "second" })
        {
            foreach (var agent in agents)
            {
                Assert.That((await service.Api.TellAsync(agent, content)).Status, Is.EqualTo(HttpStatusCode.Accepted));
            }
        }

        Assert.That(await service.KillAsync(), Is.EqualTo(Killed));
        await service.StartAsync();
        Assert.That((await service.Api.TellAsync(agents[0], "third")).Body.GetProperty("message").GetProperty("state").GetString(), Is.EqualTo("parked"));
        Assert.That(provider.Calls, Is.Empty, "It holds after a restart, from the first moment.");

        await service.Api.CallAsync(HttpMethod.Delete, $"/api/v1/brakes/{brake}", null, []);
        await Eventually.That(() => provider.Calls.Count, Is.GreaterThan(2));
        Assert.That(await service.KillAsync(), Is.EqualTo(Killed));
        await service.StartAsync();

        await Eventually.That(
            () => database.LinesAsync("SELECT content, state, count(*) FROM openclaw_system.notifications WHERE recipient LIKE 'agent:%' GROUP BY 1, 2 ORDER BY 1"),
            Is.EqualTo(new[] { $"first|delivered|{Agents}", $"second|delivered|{Agents}", "third|delivered|1" }), TimeSpan.FromSeconds(90));
        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"), Is.EqualTo($"{2 * Agents + 1}"), "Each has one reply.");
        Assert.That(await database.TextAsync("SELECT count(*) || ' ' || count(DISTINCT turn_key) FROM openclaw.conversation_turns"), Is.EqualTo($"{2 * Agents + 1} {2 * Agents + 1}"));
        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw.conversation_turns later JOIN openclaw.conversation_turns sooner USING (agent_id) WHERE later.message = 'first' AND sooner.message = 'second' AND sooner.id < later.id"), Is.EqualTo("0"), "In order.");
        await Eventually.That(() => database.TextAsync("SELECT count(*) FROM openclaw.brakes"), Is.EqualTo("0"));
    }
}
