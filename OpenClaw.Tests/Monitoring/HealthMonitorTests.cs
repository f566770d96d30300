using System.Text.Json;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

public sealed class HealthMonitorTests
{
    [Test]
    public async Task What_goes_wrong_shows_in_health_with_since_when_and_what_to_do_and_what_is_well_again_too()
    {
        await using var service = await RunningService.StartAsync(cluster: null, ("HEALTH_CHECK_INTERVAL", "1000"));
        using var client = service.Client();
        await Eventually.That(async () => Statuses(await HealthAsync(client)), Is.SupersetOf(new[] { "disk ok", "heartbeats ok", "messages ok", "queue ok", "work ok" }));

        await service.Database.ExecuteAsync("""
            INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, owner, request, due_at, executor_id)
            VALUES ('00000000-0000-0000-0000-000000000001', 'stuck', 1, 'inline', 'PENDING', 'nobody', 'null', now() - interval '10 minutes', 'nobody')
            """);

        var failed = await Eventually.That(() => HealthAsync(client), Has.Property("Root").Matches<JsonElement>(health => Status(health, "work") == "failed"));
        Assert.That(failed.Root.GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(failed.Root.GetProperty("monitored").GetProperty("work").GetProperty("detail").GetString(), Does.StartWith("1 workflows are overdue").And.Contain("job dashboard"));

        await service.Database.ExecuteAsync("DELETE FROM openclaw_system.workflow_status WHERE name = 'stuck'");

        var well = await Eventually.That(() => HealthAsync(client), Has.Property("Root").Matches<JsonElement>(health => Status(health, "work") == "ok"));
        var changes = well.Root.GetProperty("transitions").EnumerateArray().Where(change => change.GetProperty("name").GetString() == "work")
            .Select(change => change.GetProperty("to_status").GetString());
        Assert.That(changes, Is.EqualTo(new[] { "ok", "failed", "ok" }));
    }

    [Test]
    public async Task The_canary_goes_through_the_real_queue()
    {
        await using var service = await RunningService.StartAsync(cluster: null, ("HEALTH_CHECK_INTERVAL", "1000"));
        using var client = service.Client();

        await Eventually.That(
            async () => (await HealthAsync(client)).Root.GetProperty("monitored").GetProperty("queue").GetProperty("detail").GetString(), Does.Match(@"A job waits \d+ ms for a worker"));
    }

    private static async Task<Seen> HealthAsync(HttpClient client) => new((await client.GetJsonAsync("/health")).Body);

    private static string[] Statuses(Seen seen) =>
        [.. seen.Root.GetProperty("monitored").EnumerateObject().Select(check => $"{check.Name} {check.Value.GetProperty("status").GetString()}")];

    private static string? Status(JsonElement health, string name) =>
        health.GetProperty("monitored").TryGetProperty(name, out var check) ? check.GetProperty("status").GetString() : null;


    private sealed record Seen(JsonElement Root);
}
