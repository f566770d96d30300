using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>Where Hangfire's packages bite those who take them for something else.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Category("Slow")]
public sealed class RealHangfireTests
{
    private WorkflowBench _bench = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _bench = await WorkflowBench.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [TestCase("vm:1/2-ab", "vm:1/2-ab:2:6f", true)]
    [TestCase("BUILD-7.Example:18789/2-Ab", "build-7.example:18789/2-ab:2:6f", true)]
    [TestCase("vm:1/2-ab", "vm:1/2-abc:2:6f", false)]
    [TestCase("vm:1/2-ab", "vm:1/2", false)]
    public void A_server_belongs_to_its_process_in_whatever_case_it_is_written(string executor, string server, bool owns) =>
        Assert.That(ExecutorIdentity.Owns(executor, server), Is.EqualTo(owns));

    [Test]
    public async Task A_host_name_with_capitals_is_well_and_its_work_is_its_own_when_another_node_starts()
    {
        await using var first = await RunningService.StartAsync(services =>
        {
            services.AddSingleton(new ExecutorIdentity("BUILD-Server7:18789"));
            services.AddSingleton<StepScript>();
            services.AddWorkflow(WorkflowDefinition.Chained("long", version: 1, Queues.Agents).External<ScriptedStep>("only"));
        });
        var (begun, end) = (new Signal(), new Signal());
        var start = new WorkflowStart("long", "tester", new { });
        first.Services.GetRequiredService<StepScript>().On(start.WorkflowUuid, "only", async (_, _) =>
        {
            begun.TrySetResult();
            await end.Task;
            return null;
        });
        await first.Services.GetRequiredService<WorkflowClient>().StartAsync(start, default);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await using var second = await RunningService.StartBesideAsync(first);

        foreach (var node in new[] { first, second })
        {
            using var client = node.Client();
            await Eventually.That(async () => (await client.GetJsonAsync("/health")).Status, Is.EqualTo(HttpStatusCode.OK), TimeSpan.FromSeconds(20));
        }

        end.SetResult();
        await Eventually.That(() => first.Database.TextAsync($"SELECT status FROM openclaw_system.workflow_status WHERE workflow_uuid = '{start.WorkflowUuid}'"), Is.EqualTo("SUCCESS"));
        Assert.That(first.Services.GetRequiredService<StepScript>().CallsOf(start.WorkflowUuid), Has.Length.EqualTo(1));
        Assert.That(
            await first.Database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_events WHERE workflow_uuid = '{start.WorkflowUuid}' AND kind IN ('step_interrupted', 'reenqueued')"),
            Is.EqualTo("0"));
    }

    [Test]
    public async Task A_job_is_in_its_own_queue_again_after_a_retry_and_after_its_time_had_not_come()
    {
        var asked = 0;
        var run = await _bench.RunAsync(WorkflowBench.Lifecycle, run => _bench.Script.On(run, "first", (_, _) => ++asked switch
        {
            1 => throw new InvalidOperationException("Once."),
            2 => throw new StepNotReadyException(TimeSpan.FromMilliseconds(1), "Not yet."),
            _ => Task.FromResult<object?>(null),
        }));

        await _bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(
            await _bench.TextAsync($"""
                SELECT concat_ws(' ', string_agg(DISTINCT s.data ->> 'Queue', ' ') FILTER (WHERE s.name = 'Enqueued'),
                       count(*) FILTER (WHERE s.name = 'Processing'), string_agg(DISTINCT j.invocationdata ->> 'Queue', ' '))
                FROM hangfire.state s JOIN hangfire.job j ON j.id = s.jobid
                JOIN openclaw_system.operation_outputs o ON o.job_id = s.jobid::text WHERE o.workflow_uuid = '{run}'
                """),
            Is.EqualTo("agents 5 agents"), "Three jobs ran five times, each in its queue.");
    }

    [Test]
    public async Task A_start_with_a_taken_key_and_a_cancel_join_the_transaction_that_they_are_called_in()
    {
        var gate = new Signal();
        var first = new WorkflowStart(WorkflowBench.Chained, WorkflowBench.Owner, new { }) { IdempotencyKey = "taken" };
        _bench.Script.On(first.WorkflowUuid, "first", async (_, cancelled) =>
        {
            await gate.Task.WaitAsync(cancelled);
            return null;
        });
        await _bench.Client.StartAsync(first, default);
        await Eventually.That(() => _bench.Script.CallsOf(first.WorkflowUuid), Has.Length.EqualTo(1));

        using (var transaction = AmbientTransaction.Begin())
        {
            // A row of our own first, as every decision has.
            await using (var row = _bench.Service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("INSERT INTO openclaw.audit_log (actor, action, subject) VALUES ('tester', 'test', 'ambient')"))
            {
                await row.ExecuteNonQueryAsync();
            }

            Assert.That(await _bench.Client.StartAsync(first with { WorkflowUuid = Guid.CreateVersion7() }, default), Is.EqualTo(first.WorkflowUuid));
            Assert.That(await _bench.Client.CancelAsync(first.WorkflowUuid, "tester", null, default), Is.True);
            transaction.Complete();
        }

        await _bench.EndsAsync(first.WorkflowUuid, WorkflowStatus.Cancelled);
        Assert.That(await _bench.TextAsync($"SELECT count(*) FROM openclaw.audit_log WHERE subject = 'ambient'"), Is.EqualTo("1"));
        await Eventually.That(
            () => _bench.TextAsync($"SELECT string_agg(DISTINCT j.statename, ' ') FROM hangfire.job j JOIN openclaw_system.operation_outputs o ON o.job_id = j.id::text WHERE o.workflow_uuid = '{first.WorkflowUuid}'"),
            Is.EqualTo("Deleted"));
    }

    [Test]
    public async Task A_service_starts_while_a_process_that_was_killed_holds_every_kind_of_lock()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using (await RunningService.StartOnAsync(database))
        {
        }

        // Rows, as behind a pooler; and a session that hangs.
        await database.ExecuteAsync(
            "INSERT INTO hangfire.lock (resource, updatecount, acquired) SELECT 'hangfire:' || name, 1, now() FROM unnest(ARRAY['lock:recurring-job:heartbeat-sweep', 'recurring-jobs:lock', 'locks:schedulepoller', 'expirationmanager', 'counteraggregator']) AS name");
        using var other = new SessionLocks(database.ConnectionString, new ExecutorIdentity("other:1"));
        using var recurring = other.TryAcquire("lock:recurring-job:heartbeat-sweep", TimeSpan.FromSeconds(5));
        await database.ExecuteAsync("DELETE FROM hangfire.hash; DELETE FROM hangfire.set");

        await using var service = await RunningService.StartOnAsync(database);
        using var client = service.Client();
        Assert.That((await client.GetJsonAsync("/readyz")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await service.Api.ProvisionAsync(), Is.Not.EqualTo(Guid.Empty), "It works meanwhile.");
        recurring!.Dispose();

        await Eventually.That(() => database.TextAsync("SELECT count(*) FROM hangfire.set WHERE key = 'recurring-jobs'"), Is.EqualTo("5"), TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task Under_load_a_service_has_no_more_connections_than_its_setting_says()
    {
        await using var service = await RunningService.StartAsync(settings: ("DATABASE_POOL_SIZE", "12"));
        using var enough = new CancellationTokenSource();
        var most = 0;
        var counting = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                most = Math.Max(most, int.Parse(await service.Database.TextAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'openclaw%'"), null));
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => service.Api.PostAsync(
            "/api/v1/agents/provision", new { name = $"agent {number}", model = "local/echo" }, ("Prefer", "respond-async"))));
        await Eventually.That(() => service.Database.TextAsync("SELECT count(*) FROM openclaw.agents WHERE status = 'running'"), Is.EqualTo("30"), TimeSpan.FromSeconds(60));
        var agents = await service.Database.LinesAsync("SELECT id FROM openclaw.agents");
        await Task.WhenAll(agents.SelectMany(agent => Enumerable.Range(0, 5).Select(number => service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = $"{number}" }))));
        await enough.CancelAsync();
        await counting;

        Assert.That(most, Is.InRange(3, 12));
    }
}
