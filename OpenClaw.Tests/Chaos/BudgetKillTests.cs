using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>A budget while the service is killed again and again.</summary>
public sealed class BudgetKillTests
{
    private const int Killed = 137;
    private const int Kills = 3;

    [Test]
    [CancelAfter(300_000)]
    public async Task A_budget_holds_though_the_service_is_killed_in_the_middle_of_turns()
    {
        var (speaking, answered) = (new SemaphoreSlim(0), 0);
        await using var provider = await FakeProvider.StartAsync();
        provider.Answer(async call =>
        {
            await call.BeginAsync("Ye");
            if (provider.Calls.Count(other => other.LastMessage == call.LastMessage) <= Kills && call.LastMessage == "first")
            {
                speaking.Release();
                await call.HangAsync();
                return;
            }

            Interlocked.Increment(ref answered);
            await call.SayAsync("s.", finish: null, inputTokens: 50, outputTokens: 100);
        });
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var service = new ServiceProcess(database, ("OPENAI_BASE_URL", $"{provider.Address}v1"));
        await service.StartAsync();
        await service.Api.PriceAsync("openai/*", input: 0, cached: 0, output: 10_000);
        await service.Api.BudgetAsync(agent: null, "month", soft: null, hard: 2);
        var provisioned = await service.Api.CarryOutAsync(
            "/api/v1/agents/provision", new { name = "Mira", model = "openai/any", heartbeat = new { enabled = false }, configuration = new { max_output_tokens = 100 } });
        var agent = provisioned.AgentId;
        foreach (var content in new[] { "first", "second", "third" })
        {
            await service.Api.TellAsync(agent, content, wait: false);
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            Assert.That(await speaking.WaitAsync(TimeSpan.FromSeconds(60)), Is.True);
            Assert.That(await service.KillAsync(), Is.EqualTo(Killed));
            Assert.That(await database.LinesAsync("SELECT amount FROM openclaw.spending_reservations"), Is.EqualTo(new[] { "1000000" }), "What was held for the turn is held once, whoever asks it.");
            await service.StartAsync();
        }

        await Eventually.That(
            () => database.LinesAsync($"SELECT content, state FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}' ORDER BY sequence"),
            Is.EqualTo(new[] { "first|delivered", "second|delivered", "third|parked" }), TimeSpan.FromSeconds(60));
        Assert.That(await database.LinesAsync("SELECT count(*), sum(amount), (SELECT count(*) FROM openclaw.spending_reservations) FROM openclaw.spending WHERE kind = 'message'"), Is.EqualTo(new[] { "2|2000000|0" }));
        Assert.That(answered, Is.EqualTo(2), "What the provider has answered and bills.");
    }
}
