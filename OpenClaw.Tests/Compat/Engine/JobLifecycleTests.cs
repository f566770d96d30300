using System.Collections.Concurrent;
using System.Diagnostics;
using Hangfire;
using Hangfire.States;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

[Parallelizable(ParallelScope.Self)]
public sealed class JobLifecycleTests : EngineFixture
{
    private readonly string _key = Guid.NewGuid().ToString();

    [OneTimeSetUp]
    public void StartServer() => Host.StartServer();

    [Test]
    public async Task A_job_goes_from_Enqueued_over_Processing_to_Succeeded_with_its_result()
    {
        var id = Host.Client.Enqueue<TestJobs>(j => j.AddAsync(2, 3));

        await Host.ReachesAsync(id, "Succeeded");

        Assert.That(Host.HistoryOf(id), Is.EqualTo(["Enqueued", "Processing", "Succeeded"]));
        Assert.That(Host.Monitor.JobDetails(id!)!.History[0].Data["Result"], Is.EqualTo("5"));
    }

    [Test]
    public async Task A_chain_runs_in_order_and_each_link_has_its_full_history()
    {
        var key = Guid.NewGuid().ToString();
        var ids = new List<string?> { Host.Client.Schedule<TestJobs>(j => j.Step(key, "1"), TimeSpan.FromDays(1)) };
        for (var i = 2; i <= 5; i++)
        {
            var name = $"{i}";
            ids.Add(Host.Client.ContinueJobWith<TestJobs>(ids[^1]!, j => j.Step(key, name)));
        }
        Host.Client.Requeue(ids[0]!);

        await Host.ReachesAsync(ids[^1], "Succeeded");

        Assert.That(TestJobs.CallsOf(key), Is.EqualTo(["1", "2", "3", "4", "5"]));
        foreach (var id in ids.Skip(1))
            Assert.That(Host.HistoryOf(id), Is.EqualTo(["Awaiting", "Enqueued", "Processing", "Succeeded"]));
        Assert.That(await Host.ScalarAsync<long>("select count(*) from hangfire.set where key = 'awaiting'"), Is.Zero);
    }

    [Test]
    public async Task A_failed_parent_keeps_its_continuation_waiting_until_a_requeue_succeeds()
    {
        var key = Guid.NewGuid().ToString();
        var parent = Host.Client.Enqueue<TestJobs>(j => j.FailUntilOpen(key));
        var child = Host.Client.ContinueJobWith<TestJobs>(parent!, j => j.Step(key, "child"));
        await Host.ReachesAsync(parent, "Failed");
        Assert.That(Host.StateOf(child), Is.EqualTo("Awaiting"));

        TestJobs.Gate(key).SetResult();
        Assert.That(Host.Client.ChangeState(parent!, new EnqueuedState()), Is.True);

        await Host.ReachesAsync(child, "Succeeded");
        Assert.That(TestJobs.CallsOf(key), Is.EqualTo(["try", "try", "child"]));
    }

    [Test]
    public async Task A_failing_job_is_retried_as_its_attribute_says_and_ends_Failed_with_its_own_exception()
    {
        var key = Guid.NewGuid().ToString();
        var id = Host.Client.Enqueue<TestJobs>(j => j.FailAlways(key));

        await Eventually.That(() => TestJobs.CallsOf(key).Length, Is.EqualTo(3));
        await Host.ReachesAsync(id, "Failed");

        var failed = Host.Monitor.FailedJobs(0, 100).Single(j => j.Key == id).Value;
        Assert.That(failed.ExceptionType, Is.EqualTo("System.InvalidOperationException"));
        Assert.That(failed.ExceptionMessage, Is.EqualTo("boom"));
        Assert.That(failed.Reason, Is.EqualTo("An exception occurred during performance of the job."));
    }

    [Test]
    public async Task A_continuation_of_a_job_that_has_finished_starts_at_once()
    {
        var parent = Host.Client.Enqueue<TestJobs>(j => j.Echo("a"));
        await Host.ReachesAsync(parent, "Succeeded");

        var child = Host.Client.ContinueJobWith<TestJobs>(parent!, j => j.Step(_key, "late"));

        await Host.ReachesAsync(child, "Succeeded");
    }

    [Test]
    public async Task All_of_several_continuations_run()
    {
        var key = Guid.NewGuid().ToString();
        var parent = Host.Client.Enqueue<TestJobs>(j => j.WaitAsync(key, "parent", default));
        var children = Enumerable.Range(0, 3).Select(i => Host.Client.ContinueJobWith<TestJobs>(parent!, j => j.Step(key, "child"))).ToArray();
        TestJobs.Gate(key).SetResult();

        foreach (var child in children)
            await Host.ReachesAsync(child, "Succeeded");
    }

    [Test]
    public async Task Deleting_a_running_job_cancels_it_and_deletes_what_waits_for_its_success()
    {
        var key = Guid.NewGuid().ToString();
        var parent = Host.Client.Enqueue<TestJobs>(j => j.WaitAsync(key, "parent", default));
        var child = Host.Client.ContinueJobWith<TestJobs>(parent!, j => j.Step(key, "child"));
        await Eventually.That(() => TestJobs.CallsOf(key), Has.Length.EqualTo(1));

        Assert.That(Host.Client.Delete(parent!), Is.True);

        Assert.That(Host.StateOf(parent), Is.EqualTo("Deleted"));
        Assert.That(Host.StateOf(child), Is.EqualTo("Deleted"));
        await Eventually.That(() => Host.Monitor.ProcessingJobs(0, 100).Count(j => j.Key == parent), Is.Zero);
        Assert.That(Host.StateOf(parent), Is.EqualTo("Deleted"));
    }

    [Test]
    public async Task A_job_that_exists_can_be_made_to_wait_for_another()
    {
        var key = Guid.NewGuid().ToString();
        var child = Host.Client.Schedule<TestJobs>(j => j.Step(key, "child"), TimeSpan.FromDays(1));
        var parent = Host.Client.Schedule<TestJobs>(j => j.Step(key, "parent"), TimeSpan.FromDays(1));

        Assert.That(Host.Client.ChangeState(child!, new AwaitingState(parent!)), Is.True);
        Assert.That(Host.Client.Requeue(parent!), Is.True);

        await Host.ReachesAsync(child, "Succeeded");
        Assert.That(TestJobs.CallsOf(key), Is.EqualTo(["parent", "child"]));
    }

    [TestCase(JobContinuationOptions.OnlyOnSucceededState, "Deleted", "Deleted")]
    [TestCase(JobContinuationOptions.OnAnyFinishedState, "Deleted", "Succeeded")]
    [TestCase(JobContinuationOptions.OnAnyFinishedState, "Succeeded", "Succeeded")]
    [TestCase(JobContinuationOptions.OnlyOnDeletedState, "Deleted", "Succeeded")]
    [TestCase(JobContinuationOptions.OnlyOnDeletedState, "Succeeded", "Deleted")]
    public async Task What_becomes_of_a_continuation_depends_on_its_parents_end(JobContinuationOptions options, string parentEnds, string childEnds)
    {
        var parent = Host.Client.Schedule<TestJobs>(j => j.Echo("a"), TimeSpan.FromDays(1));
        var child = Host.Client.ContinueJobWith<TestJobs>(parent!, j => j.Echo("b"), options);

        Assert.That(parentEnds == "Deleted" ? Host.Client.Delete(parent!) : Host.Client.Requeue(parent!), Is.True);

        await Host.ReachesAsync(child, childEnds);
        Assert.That(Host.StateOf(parent), Is.EqualTo(parentEnds));
    }

    [TestCase("vanish", "any", 2, "Deleted")]
    [TestCase("only", "derived", 2, "Failed")]
    [TestCase("only", "other", 1, "Failed")]
    [TestCase("except", "derived", 1, "Failed")]
    [TestCase("except", "other", 2, "Failed")]
    public async Task A_retry_is_tried_on_the_exceptions_that_its_attribute_names(string job, string kind, int tries, string end)
    {
        var key = Guid.NewGuid().ToString();
        var id = job switch
        {
            "only" => Host.Client.Enqueue<TestJobs>(j => j.FailOnly(key, kind)),
            "except" => Host.Client.Enqueue<TestJobs>(j => j.FailExcept(key, kind)),
            _ => Host.Client.Enqueue<TestJobs>(j => j.FailAndVanish(key)),
        };

        await Host.ReachesAsync(id, end);

        Assert.That(TestJobs.CallsOf(key), Has.Length.EqualTo(tries));
    }

    [Test]
    public async Task A_jobs_own_token_tells_an_abort_from_a_shutdown()
    {
        var key = Guid.NewGuid().ToString();
        var id = Host.Client.Enqueue<TestJobs>(j => j.NoteAbortAsync(key, JobCancellationToken.Null!));
        await Eventually.That(() => TestJobs.CallsOf(key), Is.EqualTo(["run"]));

        Host.Client.Delete(id!);

        await Eventually.That(() => TestJobs.CallsOf(key), Is.EqualTo(["run", "aborted"]));
    }

    [Test]
    public async Task A_performance_is_an_activity_that_names_its_job()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Hangfire",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var id = Host.Client.Enqueue<TestJobs>(j => j.Traced());
        await Host.ReachesAsync(id, "Succeeded");

        var activity = await Eventually.That(
            () => activities.Single(a => a.DisplayName.EndsWith("TestJobs.Traced", StringComparison.Ordinal)), Is.Not.Null);
        Assert.That((activity.GetTagItem("hangfire.job.id"), activity.GetTagItem("hangfire.queue"), activity.Kind), Is.EqualTo((id, "default", ActivityKind.Consumer)));
    }
}
