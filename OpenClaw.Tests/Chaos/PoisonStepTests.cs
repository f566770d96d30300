using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>A step that takes the service down whenever it runs: it must not do so for ever.</summary>
public sealed class PoisonStepTests
{
    private const int MaxInterruptions = 5;
    private const int FirstAsInterrupted = 2;

    // The fourth and last start waits for a random moment of up to 64 s.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    [Test]
    [CancelAfter(420_000)]
    public async Task A_step_that_kills_its_process_each_time_is_given_up_and_can_be_resumed()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var service = new ServiceProcess(database);
        var keys = new HashSet<string>();
        for (var start = 0; start < MaxInterruptions; start++)
        {
            await service.StartAsync(killAt: $"{KillSwitch.Called}:connect_runtime");
            if (start == 0)
            {
                await service.ProvisionAsync("poison");
            }

            Assert.That(await service.EndAsync(LongestWait), Is.EqualTo(137), $"start {start + 1}");
            if (start >= FirstAsInterrupted)
            {
                Assert.That(
                    await database.TextAsync("SELECT (o.started_at - e.started_at > interval '4 seconds')::text FROM openclaw_system.operation_outputs o JOIN openclaw_system.executors e USING (executor_id) WHERE o.function_name = 'connect_runtime'"),
                    Is.EqualTo("true"), "It is started by a process that has served for a while: who dies sooner may have died of something else.");
            }

            // The call that is not in the record yet is the one that kills.
            keys.UnionWith(RecordedCall.ReadAll(service.RecordingPath).Select(call => call.Key));
            File.Delete(service.RecordingPath);
        }

        await service.StartAsync(killAt: $"{KillSwitch.Called}:connect_runtime");

        await Eventually.That(() => database.TextAsync("SELECT status FROM openclaw_system.workflow_status"), Is.EqualTo("RETRIES_EXCEEDED"), LongestWait);
        var run = await database.TextAsync("SELECT workflow_uuid FROM openclaw_system.workflow_status");
        Assert.That(await database.TextAsync("SELECT content FROM openclaw_system.notifications WHERE metadata->>'event' = 'workflow_parked'"), Does.Contain("started 5 times by processes that did not survive it"));
        Assert.That(File.Exists(service.RecordingPath), Is.False, "It was not called again.");
        Assert.That(keys, Has.Count.EqualTo(1));

        // Its cause is mended.
        await service.KillAsync();
        await service.StartAsync();
        await service.Api.PostAsync($"/api/v1/workflows/{run}/resume");
        await Eventually.That(() => database.TextAsync("SELECT status FROM openclaw.agents"), Is.EqualTo("running"), TimeSpan.FromSeconds(30));
    }
}
