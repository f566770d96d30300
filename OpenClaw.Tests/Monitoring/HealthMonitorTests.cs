using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

[Category("Slow")]
public sealed class HealthMonitorTests
{
    private static readonly (string, string) Quickly = ("HEALTH_CHECK_INTERVAL", "1000");

    [Test]
    public async Task The_gateway_behind_the_bridge_is_looked_at_where_one_is_configured()
    {
        await using var service = await RunningService.StartAsync(cluster: null, Quickly, ("OPENCLAW_GATEWAY_URL", $"ws://{await GoneAsync()}"));
        var client = service.Api;
        var gone = await Eventually.That(() => HealthAsync(client), Has.Property("Root").Matches<JsonElement>(health => Status(health, "bridge") == "failed"));
        Assert.That(gone.Root.GetProperty("monitored").GetProperty("bridge").GetProperty("detail").GetString(), Does.Contain("cannot be reached").And.EndsWith("correct OPENCLAW_GATEWAY_URL."));

        await using var gateway = await RunningService.StartAsync();
        await using var other = await RunningService.StartAsync(cluster: null, Quickly, ("OPENCLAW_GATEWAY_URL", $"ws://{gateway.Address.Authority}/ws"), ("OPENCLAW_AUTH_TOKEN", RunningService.Token));
        var asking = other.Api;
        var well = await Eventually.That(() => HealthAsync(asking), Has.Property("Root").Matches<JsonElement>(health => Status(health, "bridge") == "ok"));
        Assert.That(well.Root.GetProperty("monitored").GetProperty("bridge").GetProperty("detail").GetString(), Does.Contain(gateway.Address.Authority).And.Match("It answers within [0-9]+ ms"));

        static async Task<string> GoneAsync()
        {
            await using var service = await RunningService.StartAsync();
            return service.Address.Authority;
        }
    }

    [Test]
    public async Task Work_that_does_not_move_shows_in_health_with_since_when_and_is_told_to_the_owner_and_what_rightly_waits_does_not()
    {
        await using var service = await RunningService.StartAsync(
            services =>
            {
                services.AddSingleton<StepScript>();
                services.AddWorkflow(WorkflowDefinition.Inline("patient", version: 1, Queues.Default).External<ScriptedStep>("only"));
            },
            cluster: null, Quickly);
        var client = service.Api;
        await service.Api.ProvisionAsync();
        await Eventually.That(async () => Statuses(await HealthAsync(client)), Is.SupersetOf(new[] { "database ok", "disk ok", "engine ok", "gateway ok", "heartbeats ok", "messages ok", "queue ok", "work ok" }));
        var workflows = service.Services.GetRequiredService<WorkflowClient>();
        var held = await workflows.HoldAsync(new WorkflowStart("patient", "tester", new { }), default);
        var retrying = new WorkflowStart("patient", "tester", new { });
        service.Services.GetRequiredService<StepScript>().Fail(retrying.WorkflowUuid, "only", new StepFailedException("later", "Later.") { RetryAfter = TimeSpan.FromHours(1) });
        await workflows.StartAsync(retrying, default);
        await Eventually.That(() => service.Database.TextAsync($"SELECT failures FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{retrying.WorkflowUuid}'"), Is.EqualTo("1"));
        var stuck = await workflows.HoldAsync(new WorkflowStart("patient", "tester", new { }), default);

        await service.Database.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET updated_at = now() - interval '6 minutes' WHERE workflow_uuid IN ('{held}', '{retrying.WorkflowUuid}')");

        // By a process that nobody knows, and so nobody finds dead, nor does it say that it is at it.
        await service.Database.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET status = 'PENDING', executor_id = 'nobody', updated_at = now() - interval '11 minutes', due_at = now() - interval '370 seconds' WHERE workflow_uuid = '{stuck}'");

        var failed = await Eventually.That(() => HealthAsync(client), Has.Property("Root").Matches<JsonElement>(health => Status(health, "work") == "failed"));
        Assert.That(failed.Root.GetProperty("status").GetString(), Is.EqualTo("failed"));
        var work = failed.Root.GetProperty("monitored").GetProperty("work");
        Assert.That(work.GetProperty("detail").GetString(), Does.StartWith("1 workflows have not moved").And.Contain("job dashboard"));
        Assert.That(
            new[] { "value", "degraded_from", "failed_from" }.Select(figure => work.GetProperty("measured").GetProperty(figure).GetDouble()), Is.EqualTo(new[] { 375, 60, 300 }).Within(15));

        await service.Database.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET executor_id = NULL, due_at = now() WHERE workflow_uuid = '{stuck}'");

        var well = await Eventually.That(() => HealthAsync(client), Has.Property("Root").Matches<JsonElement>(health => Status(health, "work") == "ok"));
        var changes = well.Root.GetProperty("transitions").EnumerateArray().Where(change => change.GetProperty("name").GetString() == "work")
            .Select(change => change.GetProperty("to_status").GetString());
        Assert.That(changes, Is.EqualTo(new[] { "ok", "failed", "ok" }));
        Assert.That(
            await service.Database.LinesAsync("SELECT content FROM openclaw_system.notifications WHERE sender = 'health' AND recipient = 'owner:admin' AND content LIKE '%work%' ORDER BY sequence"),
            Has.Count.EqualTo(2).And.ItemAt(0).StartsWith("Health: work is failed. 1 workflows").And.ItemAt(1).StartsWith("Health: work is ok."));
    }

    [Test]
    public async Task A_long_turn_is_not_late_nor_what_waits_behind_it_and_what_nobody_works_on_is()
    {
        await using var service = await RunningService.StartAsync();
        var agent = (await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "slow", model = "session/slow", heartbeat = new { enabled = false } })).AgentId;
        foreach (var content in new[] { "a long task", "the next one" })
        {
            await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content }, ("Prefer", "respond-async"));
        }

        await Eventually.That(() => service.Database.TextAsync("SELECT count(*) FROM openclaw.session_turns"), Is.EqualTo("1"));

        // As if half an hour had passed, of which the process has said for each minute that it is at it.
        await service.Database.ExecuteAsync("""
            UPDATE openclaw_system.workflow_status SET updated_at = now() - interval '30 minutes' WHERE name = 'route_message';
            UPDATE openclaw_system.notifications SET created_at = now() - interval '30 minutes' WHERE recipient LIKE 'agent:%'
            """);
        Assert.That(await LookAsync(service, Overdue.Work), Is.EqualTo((HealthStatus.Ok, "Every workflow moves.")));
        Assert.That(await LookAsync(service, Overdue.Messages), Is.EqualTo((HealthStatus.Ok, "No message waits.")));

        // The turn has ended, and nobody has begun the next one.
        await service.Database.ExecuteAsync("UPDATE openclaw_system.notifications SET state = 'delivered' WHERE content = 'a long task'");
        Assert.That((await LookAsync(service, Overdue.Messages)).Item1, Is.EqualTo(HealthStatus.Failed));

        // It has just been its turn, so it has not waited.
        await service.Database.ExecuteAsync("UPDATE openclaw_system.workflow_status SET updated_at = now() WHERE executor_id IS NULL AND name = 'route_message'");
        Assert.That((await LookAsync(service, Overdue.Messages)).Item1, Is.EqualTo(HealthStatus.Ok));

        // Its process lives, and does not say any more that it is at it.
        await service.Database.ExecuteAsync("UPDATE openclaw_system.workflow_status SET executor_id = 'nobody', due_at = now() - interval '6 minutes' WHERE executor_id IS NOT NULL AND name = 'route_message'");
        Assert.That((await LookAsync(service, Overdue.Work)).Item1, Is.EqualTo(HealthStatus.Failed));
    }

    [Test]
    public async Task A_queue_that_nobody_serves_is_seen_however_often_it_is_looked_at()
    {
        await using var service = await RunningService.StartAsync(
            services =>
            {
                foreach (var server in services.Where(IsJobServer).ToList())
                {
                    services.Remove(server);
                }
            },
            cluster: null, Quickly);
        var client = service.Api;

        var seen = await Eventually.That(
            () => HealthAsync(client), Has.Property("Root").Matches<JsonElement>(health => Status(health, "queue") == "degraded"), within: TimeSpan.FromSeconds(20));

        Assert.That(seen.Root.GetProperty("monitored").GetProperty("queue").GetProperty("detail").GetString(), Does.Match(@"A job has waited \d+ s for a worker"));
    }

    [Test]
    public async Task A_check_that_nobody_looks_at_any_more_has_failed_and_nodes_have_their_own()
    {
        await using var service = await RunningService.StartAsync(cluster: null, Quickly);
        var client = service.Api;
        await Eventually.That(async () => Statuses(await HealthAsync(client)), Does.Contain("disk ok"));
        await service.Database.ExecuteAsync(
            """
            INSERT INTO openclaw_system.executors (executor_id, node, pid, version) VALUES ('alive:1/1-a', 'alive:1', 1, '0');
            INSERT INTO openclaw.health_checks (name, node, status, detail, since, checked_at) VALUES
                ('bygone', '', 'ok', 'It was well.', now(), now() - interval '14 seconds'),
                ('disk', 'alive:1', 'degraded', 'Only 4.0 GiB are free.', now(), now()),
                ('disk', 'gone:1', 'failed', 'Only 0.1 GiB are free.', now(), now());
            """);

        // An answer is remembered for a second.
        var health = (await Eventually.That(
            () => HealthAsync(client), Has.Property("Root").Matches<JsonElement>(root => root.GetProperty("monitored").TryGetProperty("bygone", out _)))).Root.GetProperty("monitored");

        Assert.That(health.GetProperty("bygone").GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(health.GetProperty("bygone").GetProperty("detail").GetString(), Does.StartWith("Nobody has looked since").And.EndsWith("It was well."));
        Assert.That(health.GetProperty("disk@alive:1").GetProperty("status").GetString(), Is.EqualTo("degraded"));
        Assert.That(health.GetProperty("disk").GetProperty("status").GetString(), Is.EqualTo("ok"), "This node's own is not overwritten.");
        Assert.That(health.TryGetProperty("disk@gone:1", out _), Is.False, "A node that is gone has no disk.");
    }

    [TestCase(4.9, HealthStatus.Ok)]
    [TestCase(5, HealthStatus.Degraded)]
    [TestCase(59.9, HealthStatus.Degraded)]
    [TestCase(60, HealthStatus.Failed)]
    public void More_is_worse_where_failed_is_the_higher_threshold(double seconds, HealthStatus status) =>
        Assert.That(HealthFinding.Of(seconds, 5, 60, "s", "").Status, Is.EqualTo(status));

    [TestCase(5.1, HealthStatus.Ok)]
    [TestCase(5, HealthStatus.Degraded)]
    [TestCase(1.1, HealthStatus.Degraded)]
    [TestCase(1, HealthStatus.Failed)]
    public void Less_is_worse_where_failed_is_the_lower_threshold(double free, HealthStatus status) =>
        Assert.That(HealthFinding.Of(free, 5, 1, "GiB", "").Status, Is.EqualTo(status));

    [Test]
    public async Task The_canary_goes_through_the_real_queue()
    {
        await using var service = await RunningService.StartAsync(cluster: null, Quickly);
        var client = service.Api;

        await Eventually.That(
            async () => (await HealthAsync(client)).Root.GetProperty("monitored").GetProperty("queue").GetProperty("detail").GetString(), Does.Match(@"A job waits \d+ ms for a worker"));
    }

    private static async Task<(HealthStatus, string)> LookAsync(RunningService service, Overdue what)
    {
        var finding = await new OverdueProbe(service.Database.DataSource, what).LookAsync(default);
        return (finding.Status, finding.Detail);
    }

    private static async Task<Seen> HealthAsync(HttpClient client) => new((await client.GetJsonAsync("/health")).Body);

    private static string[] Statuses(Seen seen) =>
        [.. seen.Root.GetProperty("monitored").EnumerateObject().Select(check => $"{check.Name} {check.Value.GetProperty("status").GetString()}")];

    private static string? Status(JsonElement health, string name) =>
        health.GetProperty("monitored").TryGetProperty(name, out var check) ? check.GetProperty("status").GetString() : null;

    private static bool IsJobServer(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService) && service.ImplementationFactory?.Method.DeclaringType?.FullName?.Contains("HangfireServiceCollectionExtensions", StringComparison.Ordinal) == true;

    private sealed record Seen(JsonElement Root);
}
