using System.Collections.Concurrent;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace OpenClaw.Tests.Compat.Engine;

[Parallelizable(ParallelScope.Self)]
public sealed class StateFilterTests : EngineFixture
{
    [OneTimeSetUp]
    public void StartServer() => Host.StartServer();

    [Test]
    public async Task A_filter_sees_every_transition_of_claimed_and_handed_over_jobs()
    {
        var first = Host.Client.Schedule(() => Watched.Run(), TimeSpan.FromDays(1));
        var second = Host.Client.ContinueJobWith(first!, () => Watched.Run());
        Host.Client.Requeue(first!);

        await Host.ReachesAsync(second, "Succeeded");

        Assert.That(WatchAttribute.Of(first!), Is.EqualTo([">Scheduled", "Scheduled>Enqueued", "Enqueued>Processing", "Processing>Succeeded"]));
        Assert.That(WatchAttribute.Of(second!), Is.EqualTo([">Awaiting", "Awaiting>Enqueued", "Enqueued>Processing", "Processing>Succeeded"]));
    }

    [Test]
    public async Task A_filter_gets_the_jobs_own_exception_and_may_reschedule_it()
    {
        var id = Host.Client.Enqueue(() => Watched.FailOnce());

        await Host.ReachesAsync(id, "Succeeded");

        Assert.That(Host.HistoryOf(id), Is.EqualTo(["Enqueued", "Processing", "Failed", "Scheduled", "Enqueued", "Processing", "Succeeded"]));
    }

    [Test]
    public async Task A_filter_may_replace_success_and_what_it_writes_is_committed()
    {
        var id = Host.Client.Enqueue(() => Watched.Replaced());

        await Host.ReachesAsync(id, "Deleted");

        Assert.That(await Host.ScalarAsync<string>($"select value from hangfire.jobparameter where jobid = {id} and name = 'Note'"), Is.EqualTo("\"seen\""));
    }

    [Test]
    public async Task A_method_attribute_overrides_the_global_filter_of_its_type()
    {
        var id = Host.Client.Enqueue<TestJobs>(j => j.FailUntilOpen(Guid.NewGuid().ToString()));

        await Host.ReachesAsync(id, "Failed");

        Assert.That(Host.HistoryOf(id), Is.EqualTo(["Enqueued", "Processing", "Failed"]));
    }

    public static class Watched
    {
        private static int s_attempts;

        [Watch]
        public static void Run()
        {
        }

        [RescheduleBoom]
        public static void FailOnce()
        {
            if (Interlocked.Increment(ref s_attempts) == 1)
                throw new InvalidOperationException("boom");
        }

        [ReplaceSuccess]
        public static void Replaced()
        {
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class WatchAttribute : JobFilterAttribute, IApplyStateFilter
    {
        private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Seen = new();

        public static string[] Of(string id) => [.. Seen.GetValueOrDefault(id) ?? []];

        public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction) =>
            Seen.GetOrAdd(context.BackgroundJob.Id, _ => new()).Enqueue($"{context.OldStateName}>{context.NewState.Name}");

        public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class RescheduleBoomAttribute : JobFilterAttribute, IElectStateFilter
    {
        public void OnStateElection(ElectStateContext context)
        {
            if (context is { CandidateState: FailedState { Exception: InvalidOperationException { Message: "boom" } }, CurrentState: "Processing" })
                context.CandidateState = new ScheduledState(TimeSpan.FromMilliseconds(100));
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ReplaceSuccessAttribute : JobFilterAttribute, IElectStateFilter
    {
        public void OnStateElection(ElectStateContext context)
        {
            if (context.CandidateState is not SucceededState)
                return;
            context.SetJobParameter("Note", "seen");
            context.CandidateState = new DeletedState();
        }
    }
}
