using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>Whatever throws while the outcome of a run is written: it ends visibly, nobody holds it, its agent is free, its owner hears of it.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class OutcomeTests
{
    private static readonly StepFailedException Failure = new("foreign", "It cannot be.") { NonRetryable = true };

    private WorkflowBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start_the_service() => _bench = await WorkflowBench.StartAsync();

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _bench.DisposeAsync();

    [TestCase(WorkflowBench.UntidyChained)]
    [TestCase(WorkflowBench.UntidyInline)]
    public async Task A_run_whose_hooks_fail_at_its_failure_ends_all_the_same(string workflow)
    {
        var (agent, run) = await RunForAgentAsync(workflow, run => _bench.Script.Fail(run, "first", Failure));

        await _bench.EndsAsync(run, WorkflowStatus.Error);

        var error = await _bench.ErrorAsync(run);
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("foreign"));
        Assert.That(error.GetProperty("message").GetString(), Does.StartWith("It cannot be.").And.Contain("the hooks failed"));
        await IsPutInOrderAsync(agent, run);
    }

    [TestCase(WorkflowBench.UntidyChained)]
    [TestCase(WorkflowBench.UntidyInline)]
    public async Task A_run_whose_hooks_fail_at_its_cancel_ends_all_the_same(string workflow)
    {
        var entered = new Signal();
        var (agent, run) = await RunForAgentAsync(workflow, run => _bench.Script.On(run, "first", async (_, token) =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        }));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(await _bench.Client.CancelAsync(run, "tester", reason: null, default), Is.True);

        await _bench.EndsAsync(run, WorkflowStatus.Cancelled);
        await IsPutInOrderAsync(agent, run);
    }

    [TestCase(WorkflowBench.Chained, "step_failed")]
    [TestCase(WorkflowBench.Inline, "step_failed")]
    [TestCase(WorkflowBench.Chained, "step_completed")]
    [TestCase(WorkflowBench.Inline, "step_completed")]
    public async Task A_run_of_which_what_has_happened_cannot_be_written_ends_and_says_so(string workflow, string unwritable)
    {
        var run = await _bench.RunAsync(workflow, run =>
        {
            if (unwritable == "step_failed")
            {
                _bench.Script.Fail(run, "first", new InvalidOperationException("tried again, were it written"));
            }

            RefuseAsync(run, "openclaw_system.workflow_events", "INSERT", $"NEW.kind = '{unwritable}' AND NEW.workflow_uuid").GetAwaiter().GetResult();
        });

        await _bench.EndsAsync(run, WorkflowStatus.Error);
        Assert.That(await HolderAsync(run), Is.EqualTo("nobody"));
        Assert.That((await _bench.ErrorAsync(run)).GetProperty("message").GetString(), Does.Contain("this cannot be written"));
    }

    [Test]
    public async Task A_run_whose_owner_cannot_be_told_ends_without()
    {
        var (_, run) = await RunForAgentAsync(WorkflowBench.UntidyInline, run =>
        {
            _bench.Script.Fail(run, "first", Failure);
            RefuseAsync(run, "openclaw_system.notifications", "INSERT", "split_part(NEW.message_id, ':', 1)").GetAwaiter().GetResult();
        });

        await _bench.EndsAsync(run, WorkflowStatus.Error);
        Assert.That(await HolderAsync(run), Is.EqualTo("nobody"));
    }

    [TestCase(WorkflowBench.Chained, "", WorkflowStatus.Success)]
    [TestCase(WorkflowBench.Inline, "", WorkflowStatus.Success)]
    [TestCase(WorkflowBench.Chained, ", cancel_requested_at = now()", WorkflowStatus.Cancelled)]
    [TestCase(WorkflowBench.Inline, ", cancel_requested_at = now()", WorkflowStatus.Cancelled)]
    [TestCase(WorkflowBench.Chained, ", deadline_at = now()", WorkflowStatus.Error)]
    [TestCase(WorkflowBench.Inline, ", deadline_at = now()", WorkflowStatus.Error)]
    public async Task A_run_that_its_living_process_holds_and_does_nothing_for_is_found_and_goes_on_or_ends(string workflow, string what, WorkflowStatus status)
    {
        var executor = _bench.Service.Services.GetRequiredService<ExecutorIdentity>().Id;
        var run = await HeldByAsync(executor, workflow);
        await _bench.ExecuteAsync($"DELETE FROM hangfire.jobqueue WHERE jobid IN (SELECT id FROM hangfire.job WHERE arguments::text LIKE '%{run}%')");
        await _bench.ExecuteAsync($"DELETE FROM hangfire.job WHERE arguments::text LIKE '%{run}%'");
        Assert.That(await HolderAsync(run), Is.EqualTo(executor));

        await _bench.Service.Database.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET due_at = now() {what} WHERE workflow_uuid = '{run}'");

        await _bench.EndsAsync(run, status);
    }

    [TestCase("", WorkflowStatus.Success)]
    [TestCase(", cancel_requested_at = now()", WorkflowStatus.Cancelled)]
    [TestCase(", deadline_at = now() + interval '1 hour'", WorkflowStatus.Success)]
    public async Task After_an_outage_a_run_that_was_left_behind_does_not_wait_for_its_time(string what, WorkflowStatus status)
    {
        var executor = _bench.Service.Services.GetRequiredService<ExecutorIdentity>().Id;
        var run = await HeldByAsync(executor, WorkflowBench.Inline);

        // As it is when a claim was made and its answer lost: nobody looks at it for an hour.
        // At once: a look between the two would find it left behind before it was claimed.
        await _bench.ExecuteAsync(
            $"""
            UPDATE openclaw_system.operation_outputs SET attempts = 1, executor_id = '{executor}' WHERE workflow_uuid = '{run}' AND function_id = 1;
            UPDATE openclaw_system.workflow_status SET updated_at = now() - interval '1 minute' {what} WHERE workflow_uuid = '{run}'
            """);
        _bench.Service.Services.GetRequiredService<RunningWorkflows>().Doubt();

        await _bench.EndsAsync(run, status);
        var attempts = await _bench.TextAsync($"SELECT attempts FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{run}' AND function_id = 1");
        Assert.That(attempts, Is.EqualTo(status == WorkflowStatus.Success ? "1" : "0"), "No process died of it.");
    }

    [TestCase(WorkflowBench.Chained)]
    [TestCase(WorkflowBench.Inline)]
    public async Task A_step_that_a_cancel_kept_from_beginning_counts_no_attempt(string workflow)
    {
        // The step that is under way is let finish; the next one is claimed with the same statement, and not begun.
        var run = await _bench.RunAsync(workflow, run => _bench.Script.On(run, "first", async (_, _) =>
        {
            await _bench.Service.Database.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET cancel_requested_at = now() WHERE workflow_uuid = '{run}'");
            return null;
        }));

        await _bench.EndsAsync(run, WorkflowStatus.Cancelled);

        Assert.That(_bench.Script.CallsOf(run), Is.EqualTo(new[] { "first" }));
        Assert.That(
            await _bench.TextAsync($"SELECT string_agg(attempts || '/' || failures, ' ' ORDER BY function_id) FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{run}'"),
            Is.EqualTo("1/0 0/0 0/0"));
    }

    [Test]
    public async Task What_a_process_works_on_is_left_alone_and_what_another_holds_is_left_to_it()
    {
        var (entered, leave) = (new Signal(), new Signal());
        var run = await _bench.RunAsync(WorkflowBench.Inline, run => _bench.Script.On(run, "first", async (_, _) =>
        {
            entered.TrySetResult();
            await leave.Task;
            return null;
        }));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var others = await HeldByAsync("another:1/1", WorkflowBench.Chained);
        await _bench.DueNowAsync(run);
        await _bench.DueNowAsync(others);

        // Looked at, and moved to a later look; the other one is not even taken.
        await Eventually.That(() => _bench.TextAsync($"SELECT (due_at > now())::text FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"), Is.EqualTo("true"));
        Assert.That(await _bench.TextAsync($"SELECT (due_at > now())::text FROM openclaw_system.workflow_status WHERE workflow_uuid = '{others}'"), Is.EqualTo("false"));
        leave.SetResult();

        await _bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(_bench.Script.CallsOf(run), Is.EqualTo(new[] { "first", "second", "third" }));
        await _bench.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET executor_id = NULL WHERE workflow_uuid = '{others}'");
    }

    private Task<string> HolderAsync(Guid run) => _bench.TextAsync($"SELECT coalesce(executor_id, 'nobody') FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'");

    private async Task<(Guid Agent, Guid Run)> RunForAgentAsync(string workflow, Action<Guid> prepare)
    {
        var agent = await _bench.Service.Api.ProvisionAsync($"agent {Guid.NewGuid():N}");
        var start = new WorkflowStart(workflow, WorkflowBench.Owner, new { }) { AgentId = agent };
        await _bench.ExecuteAsync($"UPDATE openclaw.agents SET operation = 'pause', operation_workflow = '{start.WorkflowUuid}' WHERE id = '{agent}'");
        prepare(start.WorkflowUuid);
        return (agent, await _bench.Client.StartAsync(start, default));
    }

    private async Task IsPutInOrderAsync(Guid agent, Guid run)
    {
        Assert.That(await HolderAsync(run), Is.EqualTo("nobody"));
        Assert.That(await _bench.TextAsync($"SELECT coalesce(operation, 'free') FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("free"));
        Assert.That(
            await _bench.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND recipient = 'owner:{WorkflowBench.Owner}'"),
            Does.Contain("waits for you").And.Contain("the hooks failed"));
    }

    /// <summary>The database refuses to write this of the run, for a reason that no other try will mend.</summary>
    private Task RefuseAsync(Guid run, string table, string what, string condition) => _bench.Service.Database.ExecuteAsync(
        $"""
        CREATE FUNCTION openclaw.refuse_{run:N}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'this cannot be written' USING ERRCODE = '22021'; END $$;
        CREATE TRIGGER refuse_{run:N} BEFORE {what} ON {table} FOR EACH ROW WHEN ({condition} = '{run}') EXECUTE FUNCTION openclaw.refuse_{run:N}()
        """);

    /// <summary>A run whose first step is done, and that a process holds which does not work on it.</summary>
    private async Task<Guid> HeldByAsync(string executor, string workflow)
    {
        var gate = new Signal();
        var run = await _bench.RunAsync(workflow, run => _bench.Script.On(run, "first", async (_, _) =>
        {
            await gate.Task;
            await _bench.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET executor_id = '{executor}', lease_epoch = lease_epoch + 1, next_step = 1, due_at = now() + interval '1 hour' WHERE workflow_uuid = '{run}'");
            await _bench.ExecuteAsync($"UPDATE openclaw_system.operation_outputs SET output = '\"first\"', completed_at = now() WHERE workflow_uuid = '{run}' AND function_id = 0");
            return null;
        }));
        await Eventually.That(() => _bench.Script.CallsOf(run), Has.Length.EqualTo(1));
        gate.SetResult();
        await Eventually.That(() => HolderAsync(run), Is.EqualTo(executor));
        await Eventually.That(() => _bench.Service.Services.GetRequiredService<RunningWorkflows>().Contains(run), Is.False);
        return run;
    }
}
