using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

public sealed class RetentionTests
{
    private const string Count = "SELECT count(*) FROM openclaw_system.workflow_status WHERE owner = 'somebody'";

    [Test]
    public async Task What_was_kept_long_enough_goes_in_batches_and_everything_else_stays()
    {
        await using var service = await RunningService.StartAsync();
        await SeedAsync(service, "heartbeat", "SUCCESS", "25 hours", 2_500);
        await SeedAsync(service, "heartbeat", "SUCCESS", "23 hours", 1);
        await SeedAsync(service, "heartbeat", "ERROR", "25 hours", 1);
        await SeedAsync(service, "pause_agent", "SUCCESS", "29 days", 1);
        await SeedAsync(service, "pause_agent", "CANCELLED", "31 days", 1);
        await SeedAsync(service, "pause_agent", "ERROR", "89 days", 1);
        await SeedAsync(service, "pause_agent", "RETRIES_EXCEEDED", "91 days", 1);
        await SeedAsync(service, "pause_agent", "PENDING", "400 days", 1);

        var removable = (await service.Api.GetJsonAsync("/api/v1/retention")).Body.GetProperty("removable");
        Assert.That(await service.Database.TextAsync(Count), Is.EqualTo("2507"), "Asking removes nothing.");
        var removed = await service.Services.GetRequiredService<Retention>().RunAsync(default);

        foreach (var counts in new Func<string, long>[] { name => removable.GetProperty(name).GetInt64(), name => removed[name] })
            Assert.That((counts("heartbeat_workflows"), counts("ended_workflows"), counts("failed_workflows")), Is.EqualTo((2_500, 1, 1)));
        Assert.That(await service.Database.TextAsync(Count), Is.EqualTo("5"));
    }

    private static Task SeedAsync(RunningService service, string name, string status, string ago, int count)
    {
        var completed = status == "PENDING" ? "NULL" : $"now() - interval '{ago}'";
        return service.Database.ExecuteAsync(
            $"""
            INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, owner, request, due_at, executor_id, created_at, completed_at)
            SELECT gen_random_uuid(), '{name}', 1, 'inline', '{status}', 'somebody', 'null', now() + interval '1 hour', NULL, now() - interval '{ago}', {completed}
            FROM generate_series(1, {count})
            """);
    }
}
