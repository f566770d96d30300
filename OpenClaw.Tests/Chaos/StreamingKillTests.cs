using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>Many turns that speak for long, on two nodes that are killed in turn.</summary>
public sealed class StreamingKillTests
{
    private const int Agents = 30;
    private const int Kills = 4;
    private const int Words = 25;

    // How a model speaks.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    [Test]
    [CancelAfter(400_000)]
    public async Task Each_ends_with_one_reply_that_is_charged_once_and_its_log_reads_the_same_on_both_nodes()
    {
        await using var provider = await FakeProvider.StartAsync();
        provider.Answer(async call =>
        {
            using var pace = new PeriodicTimer(Pace);
            for (var word = 1; word < Words && await pace.WaitForNextTickAsync(call.Context.RequestAborted); word++)
            {
                await call.BeginAsync($"{word} ");
            }

            await call.SayAsync("and done.");
        });
        await using var database = await TestDatabase.CreateMigratedAsync();
        (string, string)[] settings = [("OPENAI_BASE_URL", $"{provider.Address}v1"), ("MODEL_CONCURRENCY", $"{Agents}")];
        await using var one = new ServiceProcess(database, settings);
        await using var other = new ServiceProcess(database, settings);
        await Task.WhenAll(one.StartAsync(), other.StartAsync());
        var agents = new List<Guid>();
        for (var number = 1; number <= Agents; number++)
        {
            agents.Add((await one.Api.CarryOutAsync("/api/v1/agents/provision", new { name = $"agent {number}", model = "openai/any", heartbeat = new { enabled = false } })).AgentId);
        }

        var runs = new List<Guid>();
        foreach (var (index, agent) in agents.Index())
        {
            var sent = await (index % 2 == 0 ? one : other).Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "Count." }, ("Prefer", "respond-async"));
            runs.Add(sent.Body.GetProperty("message").GetProperty("id").GetGuid());
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            // What speaks now is cut off in the middle.
            var asked = provider.Calls.Count;
            await Eventually.That(() => database.TextAsync("SELECT count(DISTINCT run_id) > 0 FROM openclaw.run_log"), Is.EqualTo("True"), TimeSpan.FromSeconds(60));
            var node = kill % 2 == 0 ? one : other;
            await node.KillAsync();
            await node.StartAsync();
            await Eventually.That(
                async () => provider.Calls.Count > asked || await AnsweredAsync(database) == $"{Agents}", Is.True, TimeSpan.FromSeconds(60));
        }

        await Eventually.That(() => AnsweredAsync(database), Is.EqualTo($"{Agents}"), TimeSpan.FromSeconds(150));
        var reply = string.Join(' ', Enumerable.Range(1, Words - 1)) + " and done.";
        Assert.That(await database.LinesAsync("SELECT DISTINCT content FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"), Is.EqualTo(new[] { reply }));
        Assert.That(await database.TextAsync("SELECT count(*) || ' ' || count(DISTINCT reply_to) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"), Is.EqualTo($"{Agents} {Agents}"));
        Assert.That(await database.TextAsync("SELECT count(*) || ' ' || count(DISTINCT agent_id) FROM openclaw.spending WHERE agent_id IS NOT NULL"), Is.EqualTo($"{Agents} {Agents}"), "Charged once.");
        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'route_message' AND status <> 'SUCCESS'"), Is.EqualTo("0"));
        Assert.That(provider.Calls, Has.Count.GreaterThan(Agents), "Some were cut off.");
        foreach (var run in runs)
        {
            var (here, there) = (await one.Api.ReadRunAsync(run), await other.Api.ReadRunAsync(run));
            Assert.That(there.Select(part => part.ToString()), Is.EqualTo(here.Select(part => part.ToString())));
            Assert.That(here[^1].Text("reply"), Is.EqualTo(reply));
            Assert.That(reply, Does.StartWith(here.Said()), "One that was killed after its reply was recorded may lack the last of it.");
        }
    }

    private static Task<string> AnsweredAsync(TestDatabase database) => database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL");
}
