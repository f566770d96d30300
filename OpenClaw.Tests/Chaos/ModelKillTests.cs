using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>What a model was saying when the service was killed.</summary>
public sealed class ModelKillTests
{
    private const int Killed = 137;

    [Test]
    [CancelAfter(300_000)]
    public async Task A_turn_whose_service_was_killed_while_the_model_spoke_is_asked_again_and_counts_once()
    {
        var (speaking, gone) = (new Signal(), new Signal());
        await using var provider = await FakeProvider.StartAsync();
        provider.Answer(
            call => call.SayAsync("Noted."),
            async call =>
            {
                await call.BeginAsync("You ");
                speaking.SetResult();
                await call.HangAsync();
                gone.SetResult();
            },
            call => call.SayAsync("You are Ada."));
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var service = new ServiceProcess(database, ("OPENAI_BASE_URL", $"{provider.Address}v1"));
        await service.StartAsync();
        var provisioned = await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "Mira", model = "openai/any", heartbeat = new { enabled = false } });
        var agent = provisioned.AgentId;
        await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "I am Ada." });
        await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "Who am I?" }, ("Prefer", "respond-async"));
        await speaking.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(await service.KillAsync(), Is.EqualTo(Killed));
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await service.StartAsync();

        await Eventually.That(
            () => database.LinesAsync("SELECT content FROM openclaw_system.notifications WHERE reply_to IS NOT NULL ORDER BY sequence"), Is.EqualTo(new[] { "Noted.", "You are Ada." }), TimeSpan.FromSeconds(60));
        Assert.That(await database.LinesAsync("SELECT message, reply FROM openclaw.conversation_turns ORDER BY id"), Is.EqualTo(new[] { "I am Ada.|Noted.", "Who am I?|You are Ada." }));
        Assert.That(await database.LinesAsync("SELECT turns, output_tokens FROM openclaw.agent_usage"), Is.EqualTo(new[] { "2|14" }));
        Assert.That(await database.LinesAsync("SELECT count(*), sum(output_tokens), (SELECT count(*) FROM openclaw.spending_reservations) FROM openclaw.spending WHERE agent_id IS NOT NULL"), Is.EqualTo(new[] { "2|14|0" }));
        var conversation = new[] { "user: I am Ada.", "assistant: Noted.", "user: Who am I?" };
        Assert.That(provider.Calls.Skip(1).Select(call => call.Messages), Is.EqualTo(new[] { conversation, conversation }), "Asked again with the same words, and no more than once.");
        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'route_message' AND status <> 'SUCCESS'"), Is.EqualTo("0"));
    }
}
