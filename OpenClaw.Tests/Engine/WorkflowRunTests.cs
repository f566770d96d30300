using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.ForeignInput;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>How runs go when nobody dies: order, retries, refusals, cancels.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Category("Slow")]
public sealed class WorkflowRunTests
{
    private WorkflowBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start_the_service() => _bench = await WorkflowBench.StartAsync();

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _bench.DisposeAsync();

    [TestCase(WorkflowBench.Chained)]
    [TestCase(WorkflowBench.Inline)]
    public async Task Steps_run_once_in_order_and_hand_on_their_outputs(string workflow)
    {
        var run = await _bench.RunAsync(workflow, run => _bench.Script.On(
            run, "third", async (context, token) => $"after {await context.OutputOfAsync<string>("second", token)}, {context.IdempotencyKey}"));

        await _bench.EndsAsync(run, WorkflowStatus.Success);

        Assert.That(_bench.Script.CallsOf(run), Is.EqualTo(new[] { "first", "second", "third" }));
        Assert.That(await _bench.EventsAsync(run), Is.EqualTo(new[] { "enqueued", "step_completed:first", "step_completed:second", "step_completed:third", "succeeded" }));
        Assert.That(
            await _bench.TextAsync($"SELECT output #>> '{{}}' FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"),
            Is.EqualTo($"after second, {run}:third"));
    }

    [TestCase(WorkflowBench.Chained)]
    [TestCase(WorkflowBench.Inline)]
    public async Task A_failed_attempt_is_tried_again_and_leaves_no_half_effect(string workflow)
    {
        var run = await _bench.RunAsync(workflow, run => _bench.Script.Fail(run, "second", new InvalidOperationException("not yet"), times: 2));

        await _bench.EndsAsync(run, WorkflowStatus.Success);

        Assert.That(_bench.Script.CallsOf(run), Is.EqualTo(new[] { "first", "second", "second", "second", "third" }));
        Assert.That(await _bench.TextAsync($"SELECT count(*) FROM openclaw.audit_log WHERE subject = 'workflow:{run}'"), Is.EqualTo("1"));
        Assert.That(await _bench.EventsAsync(run), Has.Exactly(2).EqualTo("step_failed:second"));
    }

    [TestCase(WorkflowBench.Chained)]
    [TestCase(WorkflowBench.Inline)]
    public async Task Retries_end_and_a_resume_goes_on_at_the_failed_step(string workflow)
    {
        var run = await _bench.RunAsync(workflow, run => _bench.Script.Fail(run, "second", new InvalidOperationException("never"), times: 3));

        await _bench.EndsAsync(run, WorkflowStatus.Error);
        Assert.That((await _bench.ErrorAsync(run)).GetProperty("message").GetString(), Is.EqualTo("never"));
        Assert.That(await _bench.Client.ResumeAsync(run, "tester", default), Is.Null);

        await _bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(_bench.Script.CallsOf(run), Is.EqualTo(new[] { "first", "second", "second", "second", "second", "third" }));
    }

    [Test]
    public async Task Database_steps_that_follow_each_other_commit_together_and_after_a_failure_one_by_one()
    {
        var together = await _bench.RunAsync(WorkflowBench.Grouped);
        var apart = await _bench.RunAsync(WorkflowBench.Grouped, run => _bench.Script.Fail(run, "second", new InvalidOperationException("once"), times: 2));

        foreach (var run in new[] { together, apart })
        {
            await _bench.EndsAsync(run, WorkflowStatus.Success);
            Assert.That(await _bench.TextAsync($"SELECT count(*) FROM openclaw.audit_log WHERE subject = 'workflow:{run}'"), Is.EqualTo("3"));
            Assert.That((await _bench.EventsAsync(run)).Where(happened => happened.StartsWith("step_completed")), Is.EqualTo(new[] { "step_completed:first", "step_completed:second", "step_completed:third" }));
        }

        Assert.That(_bench.Script.CallsOf(together), Is.EqualTo(new[] { "first", "second", "third" }));
        Assert.That(_bench.Script.CallsOf(apart), Is.EqualTo(new[] { "first", "second", "first", "second", "second", "third" }));
        Assert.That(await _bench.EventsAsync(apart), Has.Exactly(1).EqualTo("step_failed:second"));
        Assert.That(
            await _bench.TextAsync($"SELECT string_agg(attempts || '/' || failures, ' ' ORDER BY function_id) FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{apart}'"),
            Is.EqualTo("1/0 2/1 1/0"));
    }

    [Test]
    public async Task A_failure_that_no_retry_can_help_ends_the_run_at_once()
    {
        var run = await _bench.RunAsync(
            WorkflowBench.Chained, run => _bench.Script.Fail(run, "first", new StepFailedException("no_such_thing", "There is none.") { NonRetryable = true }));

        await _bench.EndsAsync(run, WorkflowStatus.Error);

        Assert.That(_bench.Script.CallsOf(run), Has.Length.EqualTo(1));
        Assert.That((await _bench.ErrorAsync(run)).GetProperty("code").GetString(), Is.EqualTo("no_such_thing"));
    }

    [Test]
    public async Task An_attempt_that_takes_too_long_is_cut_off_even_if_it_does_not_listen()
    {
        var run = await _bench.RunAsync(WorkflowBench.Chained, run => _bench.Script.On(run, "third", async (context, _) =>
        {
            if (context.Attempt == 1)
            {
                await new Signal().Task;
            }

            return null;
        }));

        await _bench.EndsAsync(run, WorkflowStatus.Success);

        Assert.That(
            await _bench.TextAsync($"SELECT reason FROM openclaw_system.workflow_events WHERE workflow_uuid = '{run}' AND kind = 'step_failed'"),
            Does.Contain("took longer than"));
    }

    [Test]
    public async Task An_outage_is_outlasted_beyond_the_attempts()
    {
        var run = await _bench.RunAsync(WorkflowBench.Patient, run => _bench.Script.Fail(run, "first", Outage(), times: 7));

        await _bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(_bench.Script.CallsOf(run), Has.Length.EqualTo(8));
    }

    [Test]
    public async Task An_outage_is_not_outlasted_for_ever()
    {
        var run = await _bench.RunAsync(WorkflowBench.Patient, run => _bench.Script.On(run, "first", async (_, _) =>
        {
            await _bench.ExecuteAsync($"UPDATE openclaw_system.workflow_events SET created_at = created_at - interval '3 minutes' WHERE workflow_uuid = '{run}'");
            throw Outage();
        }));

        await _bench.EndsAsync(run, WorkflowStatus.Error);
        var tries = _bench.Script.CallsOf(run).Length;
        Assert.That(tries, Is.InRange(4, 6));
        Assert.That((await _bench.ErrorAsync(run)).GetProperty("message").GetString(), Is.EqualTo($"Nobody is there. It was tried {tries} times. Resume the workflow to try on."));
    }

    [TestCase(WorkflowBench.Patient, false)]
    [TestCase(WorkflowBench.Inline, true)]
    public async Task What_is_no_outage_or_meets_no_patience_has_its_attempts(string workflow, bool isOutage)
    {
        var failure = new StepFailedException("broken", "It is broken.") { IsOutage = isOutage };
        var run = await _bench.RunAsync(workflow, run => _bench.Script.Fail(run, "first", failure));

        await _bench.EndsAsync(run, WorkflowStatus.Error);
        Assert.That(_bench.Script.CallsOf(run), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_step_whose_time_has_not_come_waits_without_a_failure()
    {
        var asked = 0;
        var run = await _bench.RunAsync(WorkflowBench.Chained, run => _bench.Script.On(
            run, "second", (_, _) => ++asked < 3 ? throw new StepNotReadyException(TimeSpan.FromMilliseconds(1), "Not yet.") : Task.FromResult<object?>(null)));

        await _bench.EndsAsync(run, WorkflowStatus.Success);

        Assert.That(asked, Is.EqualTo(3));
        Assert.That(await _bench.EventsAsync(run), Has.None.StartsWith("step_failed"));
    }

    [TestCase(WorkflowBench.Chained)]
    [TestCase(WorkflowBench.Inline)]
    public async Task Cancelling_reaches_the_step_under_way_and_ends_the_run(string workflow)
    {
        var entered = new Signal();
        var run = await _bench.RunAsync(workflow, run => _bench.Script.On(run, "first", async (_, token) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        }));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(await _bench.Client.CancelAsync(run, "tester", "changed my mind", default), Is.True);

        await _bench.EndsAsync(run, WorkflowStatus.Cancelled);
        Assert.That(await _bench.EventsAsync(run), Does.Contain("cancel_requested").And.Contain("cancelled"));
        Assert.That(await _bench.Client.CancelAsync(run, "tester", null, default), Is.False, "It has ended already.");
    }

    [Test]
    public async Task A_run_past_its_deadline_ends_with_an_error_that_says_so()
    {
        var run = await _bench.RunAsync(WorkflowBench.Limited, run => _bench.Script.On(
            run, "first", (_, _) => throw new StepNotReadyException(TimeSpan.FromMilliseconds(1), "Never.")));
        await Eventually.That(() => _bench.Script.CallsOf(run), Is.Not.Empty);

        await _bench.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET created_at = created_at - interval '1 hour', deadline_at = deadline_at - interval '1 hour' WHERE workflow_uuid = '{run}'");

        await _bench.EndsAsync(run, WorkflowStatus.Error);
        Assert.That((await _bench.ErrorAsync(run)).GetProperty("code").GetString(), Is.EqualTo("deadline_exceeded"));

        _bench.Script.On(run, "first", (_, _) => Task.FromResult<object?>(null));
        Assert.That(await _bench.Client.ResumeAsync(run, "tester", default), Is.Null);
        await _bench.EndsAsync(run, WorkflowStatus.Success);
    }

    [TestCase(WorkflowBench.Inline, "half a character <high>", TestName = "Half_a_character_in_an_error_text_is_recorded_inline")]
    [TestCase(WorkflowBench.Chained, "half a character <high>", TestName = "Half_a_character_in_an_error_text_is_recorded_chained")]
    [TestCase(WorkflowBench.Inline, "the other half <low> and NUL \0", TestName = "The_other_half_and_NUL_are_recorded")]
    public async Task What_cannot_be_kept_of_an_error_text_is_replaced_and_the_failure_recorded(string workflow, string text)
    {
        var run = await _bench.RunAsync(workflow, run => _bench.Script.Fail(run, "first", new StepFailedException("foreign", ForeignTextTests.WithHalves(text)) { NonRetryable = true }));

        await _bench.EndsAsync(run, WorkflowStatus.Error);
        var error = await _bench.ErrorAsync(run);
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("foreign"));
        Assert.That(error.GetProperty("message").GetString(), Does.Contain("\ufffd").And.Not.Contain("\0"));
    }

    [Test]
    public async Task An_inline_run_whose_output_cannot_be_recorded_ends_and_says_so()
    {
        var run = await _bench.RunAsync(WorkflowBench.Inline, run => _bench.Script.On(run, "first", (_, _) => Task.FromResult<object?>(new { text = "a\0b" })));

        await _bench.EndsAsync(run, WorkflowStatus.Error);
        Assert.That(
            await _bench.TextAsync($"SELECT coalesce(executor_id, 'nobody') FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"), Is.EqualTo("nobody"));
    }

    private static StepFailedException Outage() => new("nobody_there", "Nobody is there.") { IsOutage = true };

    [Test]
    public async Task Two_starts_with_one_key_are_one_run()
    {
        var start = new WorkflowStart(WorkflowBench.Inline, WorkflowBench.Owner, new { }) { IdempotencyKey = "same" };

        var runs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _bench.Client.StartAsync(start with { WorkflowUuid = Guid.CreateVersion7() }, default)));

        Assert.That(runs.Distinct().ToList(), Has.Count.EqualTo(1));
        await _bench.EndsAsync(runs[0], WorkflowStatus.Success);
        Assert.That(_bench.Script.CallsOf(runs[0]), Has.Length.EqualTo(3));
    }
}
