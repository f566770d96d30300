using System.Transactions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>What becomes of runs whose job, process, lease or definition is lost.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Category("Slow")]
public sealed class WorkflowRecoveryTests
{
    private WorkflowBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start_the_service() => _bench = await WorkflowBench.StartAsync();

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _bench.DisposeAsync();

    [Test]
    public async Task A_start_that_is_rolled_back_leaves_nothing()
    {
        var start = new WorkflowStart(WorkflowBench.Chained, WorkflowBench.Owner, new { }) { IdempotencyKey = "rolled back" };
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await _bench.Client.StartAsync(start, default);
        }

        Assert.That(
            await _bench.TextAsync($"""
                SELECT (SELECT count(*) FROM openclaw_system.workflow_status WHERE workflow_uuid = '{start.WorkflowUuid}')
                     + (SELECT count(*) FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{start.WorkflowUuid}')
                     + (SELECT count(*) FROM openclaw_system.workflow_events WHERE workflow_uuid = '{start.WorkflowUuid}')
                     + (SELECT count(*) FROM hangfire.job WHERE arguments::text LIKE '%{start.WorkflowUuid}%')
                """),
            Is.EqualTo("0"));
    }

    [Test]
    public async Task A_run_whose_jobs_are_lost_gets_new_ones_for_the_rest()
    {
        var run = await HeldAfterFirstStepAsync(WorkflowBench.Chained);
        await _bench.ExecuteAsync($"DELETE FROM hangfire.jobqueue WHERE jobid IN (SELECT id FROM hangfire.job WHERE arguments::text LIKE '%{run}%')");
        await _bench.ExecuteAsync($"DELETE FROM hangfire.job WHERE arguments::text LIKE '%{run}%'");

        await ReleaseAsync(run);

        await _bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(_bench.Script.CallsOf(run), Is.EqualTo(new[] { "first", "second", "third" }));
        Assert.That(await _bench.EventsAsync(run), Does.Contain("reenqueued"));
    }

    [Test]
    public async Task An_inline_run_whose_runner_is_gone_is_taken_by_the_next()
    {
        var run = await HeldAfterFirstStepAsync(WorkflowBench.Inline);
        await _bench.ExecuteAsync($"DELETE FROM hangfire.jobqueue WHERE queue = 'runners'");

        await ReleaseAsync(run);

        await _bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(_bench.Script.CallsOf(run), Is.EqualTo(new[] { "first", "second", "third" }));
    }

    [TestCase(WorkflowBench.Chained, "11 seconds", false, TestName = "A_chained_run_held_by_a_silent_process_is_freed_and_goes_on")]
    [TestCase(WorkflowBench.Inline, "11 seconds", false, TestName = "An_inline_run_held_by_a_silent_process_is_freed_and_goes_on")]
    [TestCase(WorkflowBench.Chained, "3 seconds", true, TestName = "A_process_that_has_missed_beats_and_holds_its_lock_no_more_is_gone")]
    public async Task A_run_held_by_a_process_that_is_gone_goes_on(string workflow, string silence, bool heldLock)
    {
        var run = await HeldAfterFirstStepAsync(workflow);
        await GiveToDeadProcessAsync(run, silence, heldLock);

        await Eventually.That(() => _bench.EventsAsync(run), Does.Contain("step_interrupted:second"));

        await _bench.EndsAsync(run, WorkflowStatus.Success);
    }

    [Test]
    public async Task A_process_that_holds_its_lock_is_alive_though_it_misses_some_beats()
    {
        var run = await HeldAfterFirstStepAsync(WorkflowBench.Chained);
        using var locks = new SessionLocks(_bench.Service.Database.ConnectionString, new ExecutorIdentity("unused:1"));
        using var alive = locks.TryAcquire($"executor:other:1/1-{run:N}", TimeSpan.FromSeconds(5));
        await GiveToDeadProcessAsync(run, "3 seconds", heldLock: true);

        // Recovery looks every second; the eleventh second of silence counts whatever it holds.
        await Eventually.That(() => _bench.TextAsync($"SELECT (now() - beat_at > interval '7 seconds')::text FROM openclaw_system.executors WHERE executor_id = 'other:1/1-{run:N}'"), Is.EqualTo("true"));
        Assert.That(await _bench.EventsAsync(run), Does.Not.Contain("step_interrupted:second"));

        await _bench.EndsAsync(run, WorkflowStatus.Success);
    }

    [Test]
    public async Task Who_has_lost_the_lease_writes_nothing()
    {
        var entered = new Signal();
        var leave = new Signal();
        var run = await _bench.RunAsync(WorkflowBench.Chained, run => _bench.Script.On(run, "first", async (context, _) =>
        {
            entered.TrySetResult();
            await leave.Task;
            return context.Attempt;
        }));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        // As recovery does when it takes the process for dead.
        await _bench.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET executor_id = NULL, lease_epoch = lease_epoch + 1 WHERE workflow_uuid = '{run}'");
        leave.SetResult();

        await _bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(
            await _bench.TextAsync($"SELECT output::text FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{run}' AND function_id = 0"),
            Is.EqualTo("2"), "The first attempt's output was fenced out.");
        Assert.That(await _bench.EventsAsync(run), Has.Exactly(1).EqualTo("step_completed:first"));
    }

    [Test]
    public async Task A_step_that_takes_its_process_down_each_time_is_not_started_for_ever()
    {
        var run = await HeldAfterFirstStepAsync(WorkflowBench.Chained);
        await _bench.ExecuteAsync($"UPDATE openclaw_system.operation_outputs SET attempts = 5 WHERE workflow_uuid = '{run}' AND function_id = 1");

        await ReleaseAsync(run);

        await Eventually.That(() => _bench.TextAsync($"SELECT status FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"), Is.EqualTo("RETRIES_EXCEEDED"), TimeSpan.FromSeconds(20));
        Assert.That((await _bench.ErrorAsync(run)).GetProperty("message").GetString(), Does.Contain("started 5 times").And.Contain("resume"));
        Assert.That(_bench.Script.CallsOf(run), Does.Not.Contain("second"));

        Assert.That(await _bench.Client.ResumeAsync(run, "tester", default), Is.Null);
        await _bench.EndsAsync(run, WorkflowStatus.Success);
    }

    [TestCase(WorkflowBench.Chained)]
    [TestCase(WorkflowBench.Inline)]
    public async Task A_step_that_was_interrupted_more_than_once_rests_before_it_is_started_again(string workflow)
    {
        var run = await HeldAfterFirstStepAsync(workflow);
        await _bench.ExecuteAsync($"UPDATE openclaw_system.operation_outputs SET attempts = 2 WHERE workflow_uuid = '{run}' AND function_id = 1");

        await GiveToDeadProcessAsync(run, "11 seconds", heldLock: false);

        await _bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(
            await _bench.TextAsync($"""
                SELECT (w.not_before IS NOT NULL AND o.started_at >= w.not_before)::text
                FROM openclaw_system.workflow_status w JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_id = 1
                WHERE w.workflow_uuid = '{run}'
                """),
            Is.EqualTo("true"));
        Assert.That(await _bench.TextAsync($"SELECT attempts FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{run}' AND function_id = 1"), Is.EqualTo("3"), "Waiting was no attempt.");
    }

    [Test]
    public async Task A_run_of_a_version_that_this_build_does_not_know_fails_visibly()
    {
        var run = await HeldAfterFirstStepAsync(WorkflowBench.Chained);
        await _bench.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET version = 99 WHERE workflow_uuid = '{run}'");

        await ReleaseAsync(run);

        await _bench.EndsAsync(run, WorkflowStatus.Error);
        Assert.That((await _bench.ErrorAsync(run)).GetProperty("message").GetString(), Does.Contain("version 99").And.Contain("Deploy"));
    }

    [Test]
    public async Task An_operation_of_a_version_that_this_build_does_not_know_lets_go_of_its_agent_and_tells_the_owner()
    {
        var agent = await _bench.Service.Api.ProvisionAsync();

        await _bench.Service.Database.SeedUnknownVersionAsync(agent, "pause_agent", "quiesce", "null");

        await Eventually.That(() => _bench.TextAsync($"SELECT coalesce(operation, 'none') FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("none"));
        Assert.That(
            await _bench.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND metadata->>'event' = 'agent_failed'"),
            Does.Contain("pause ended at its start: This build does not know workflow pause_agent version 99"));
    }

    [Test]
    public async Task A_step_whose_job_is_lost_again_and_again_is_not_created_for_ever()
    {
        var run = await HeldAfterFirstStepAsync(WorkflowBench.Chained);
        await _bench.ExecuteAsync($"INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, actor) SELECT '{run}', 'reenqueued', 'test' FROM generate_series(1, 10)");
        await _bench.ExecuteAsync($"DELETE FROM hangfire.jobqueue WHERE jobid IN (SELECT id FROM hangfire.job WHERE arguments::text LIKE '%{run}%')");
        await _bench.ExecuteAsync($"DELETE FROM hangfire.job WHERE arguments::text LIKE '%{run}%'");

        await ReleaseAsync(run);

        await Eventually.That(() => _bench.TextAsync($"SELECT status FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"), Is.EqualTo("RETRIES_EXCEEDED"));
        Assert.That((await _bench.ErrorAsync(run)).GetProperty("message").GetString(), Does.Contain("lost 10 times").And.Contain("resume"));
        Assert.That(await _bench.Client.ResumeAsync(run, "tester", default), Is.Null);
        await _bench.EndsAsync(run, WorkflowStatus.Success);
    }

    /// <summary>A run whose first step is done, and which a process holds that this one knows nothing of.</summary>
    private async Task<Guid> HeldAfterFirstStepAsync(string workflow)
    {
        var gate = new Signal();
        var run = await _bench.RunAsync(workflow, run => _bench.Script.On(run, "first", async (_, _) =>
        {
            await gate.Task;
            await _bench.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET executor_id = 'nobody', lease_epoch = lease_epoch + 1, next_step = 1 WHERE workflow_uuid = '{run}'");
            await _bench.ExecuteAsync($"UPDATE openclaw_system.operation_outputs SET output = '\"first\"', completed_at = now() WHERE workflow_uuid = '{run}' AND function_id = 0");
            return null;
        }));
        await Eventually.That(() => _bench.Script.CallsOf(run), Has.Length.EqualTo(1));
        gate.SetResult();
        await Eventually.That(
            () => _bench.TextAsync($"SELECT executor_id FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"), Is.EqualTo("nobody"));
        return run;
    }

    private async Task GiveToDeadProcessAsync(Guid run, string silence, bool heldLock)
    {
        await _bench.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET executor_id = 'other:1/1-{run:N}' WHERE workflow_uuid = '{run}'");
        await _bench.ExecuteAsync($"""
            INSERT INTO openclaw_system.executors (executor_id, node, pid, version, started_at, beat_at, holds_lock)
            VALUES ('other:1/1-{run:N}', 'other:1', 1, '0', now() - interval '1 minute', now() - interval '{silence}', {heldLock})
            """);
    }

    private async Task ReleaseAsync(Guid run)
    {
        await _bench.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET executor_id = NULL, due_at = now() WHERE workflow_uuid = '{run}'");
    }
}
