using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Brakes;

/// <summary>Turns that stand in line for their provider when a brake is set: nobody has been asked, and nothing is aborted.</summary>
public sealed class BrakeLineTests
{
    [TestCase("no_new_turns", "one|delivered")]
    [TestCase("abort", "one|dead")]
    public async Task A_turn_in_line_is_held_when_it_comes_to_its_place_and_is_asked_once_when_the_brake_is_released(string mode, string first)
    {
        var enough = new Signal();
        await using var provider = await FakeProvider.StartAsync();
        provider.Answer(
            async call =>
            {
                await Task.WhenAny(enough.Task, call.HangAsync());
                await call.SayAsync("One.");
            },
            call => call.SayAsync("Two."));
        await using var service = await RunningService.StartAsync(null, ("OPENAI_BASE_URL", $"{provider.Address}v1"), ("MODEL_CONCURRENCY", "1"));
        var (one, two) = (await ProvisionAsync(service, "one"), await ProvisionAsync(service, "two"));
        await service.Api.TellAsync(one, "one", wait: false);
        await Eventually.That(() => provider.Calls, Has.Count.EqualTo(1));
        await service.Api.TellAsync(two, "two", wait: false);
        await Eventually.That(() => service.Database.TextAsync("SELECT count(*) FROM openclaw.turn_leases"), Is.EqualTo("2"));

        var brake = (await service.Api.PostAsync("/api/v1/brakes", new { mode })).Id("id");
        if (mode == "no_new_turns")
        {
            enough.SetResult();
        }

        await Eventually.That(() => StatesAsync(service), Is.EqualTo(new[] { first, "two|accepted" }));
        await Eventually.That(
            () => service.Database.TextAsync($"SELECT status FROM openclaw_system.workflow_status WHERE agent_id = '{two}' AND name = 'route_message' AND executor_id IS NULL AND due_at > now() + interval '5 minutes'"), Is.EqualTo("PENDING"));
        Assert.That(provider.Calls, Has.Count.EqualTo(1));
        await service.Api.CallAsync(HttpMethod.Delete, $"/api/v1/brakes/{brake}", null, []);

        await Eventually.That(() => StatesAsync(service), Is.EqualTo(new[] { first, "two|delivered" }));
        Assert.That(provider.Calls, Has.Count.EqualTo(2));
    }

    private static Task<List<string>> StatesAsync(RunningService service) =>
        service.Database.LinesAsync("SELECT content, state FROM openclaw_system.notifications WHERE recipient LIKE 'agent:%' ORDER BY sequence");

    private static async Task<Guid> ProvisionAsync(RunningService service, string name) =>
        (await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model = "openai/any", heartbeat = new { enabled = false } })).AgentId;
}
