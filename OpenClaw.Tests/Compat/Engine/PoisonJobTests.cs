using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

[Parallelizable(ParallelScope.Self)]
public sealed class PoisonJobTests : EngineFixture
{
    [TestCase("invocationdata = invocationdata || '{\"Type\":\"No.Such.Type, Nowhere\"}'")]
    [TestCase("invocationdata = invocationdata || '{\"Method\":\"NoSuchMethod\"}'")]
    [TestCase("arguments = '[\"{not json\"]'")]
    [TestCase("arguments = '[\"1\", \"2\", \"3\"]'")]
    public async Task A_job_that_cannot_be_loaded_ends_Failed_with_the_reason(string damage)
    {
        var id = Host.Client.Create<TestJobs>(j => j.Echo("a"), new ScheduledState(TimeSpan.FromDays(1)));
        await Host.ExecuteAsync($"update hangfire.job set {damage} where id = {id}");
        await Host.ExecuteAsync($"update hangfire.set set score = 0 where value = '{id}'");

        Host.StartServer();

        await Host.ReachesAsync(id, "Failed");
        var failed = Host.Monitor.FailedJobs(0, 100).Single(j => j.Key == id).Value;
        Assert.That(failed.Reason, Does.Contain("target method was not found"));
        Assert.That(failed.ExceptionDetails, Is.Not.Empty);
        Assert.That(failed.LoadException, Is.Not.Null);
    }

    [Test]
    public async Task A_job_that_became_unreadable_while_it_waited_in_its_queue_ends_Failed_too()
    {
        await using var host = await EngineHost.CreateAsync();
        var id = host.Client.Enqueue<TestJobs>(j => j.Echo("a"));
        await host.ExecuteAsync("update hangfire.job set invocationdata = invocationdata || '{\"Type\":\"Gone, Gone\"}'");
        host.StartServer();

        await host.ReachesAsync(id, "Failed");

        await Eventually.That(() => host.ScalarAsync<long>("select count(*) from hangfire.jobqueue"), Is.Zero);
    }

    [Test]
    public async Task A_throwing_constructor_is_a_failure_of_the_job()
    {
        Host.StartServer();

        var id = Host.Client.Enqueue<ThrowingConstructor>(j => j.Run());

        await Host.ReachesAsync(id, "Failed");
        Assert.That(Host.Monitor.JobDetails(id!)!.History[0].Data["ExceptionDetails"], Does.Contain("no constructor today"));
    }

    [Test]
    public async Task A_result_of_ten_megabytes_is_stored()
    {
        Host.StartServer();

        var id = Host.Client.Enqueue<TestJobs>(j => j.Large(10_000_000));

        await Host.ReachesAsync(id, "Succeeded");
        Assert.That(Host.Monitor.JobDetails(id!)!.History[0].Data["Result"], Has.Length.EqualTo(10_000_002));
    }

    [Test]
    public async Task Text_that_the_database_cannot_hold_does_not_keep_a_job_from_finishing()
    {
        Host.StartServer();

        var result = Host.Client.Enqueue<TestJobs>(j => j.Unstorable());
        var error = Host.Client.Enqueue<TestJobs>(j => j.FailUnstorably());

        await Host.ReachesAsync(result, "Succeeded");
        await Host.ReachesAsync(error, "Failed");
    }

    [Test]
    public async Task Jobs_that_never_return_leave_the_other_workers_free_and_the_server_stoppable()
    {
        await using var host = await EngineHost.CreateAsync();
        var server = host.StartServer(o => (o.WorkerCount, o.ShutdownTimeout) = (2, TimeSpan.FromMilliseconds(500)));
        var stuck = host.Client.Enqueue<TestJobs>(j => j.BlockForever());
        await host.ReachesAsync(stuck, "Processing");

        var other = host.Client.Enqueue<TestJobs>(j => j.Echo("a"));

        await host.ReachesAsync(other, "Succeeded");
        server.SendStop();
        await server.WaitForShutdownAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);
        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.jobqueue where fetchedat is null"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_deleted_job_that_goes_on_all_the_same_loses_its_worker()
    {
        await using var host = await EngineHost.CreateAsync();
        host.StartServer(o => (o.WorkerCount, o.ShutdownTimeout) = (1, TimeSpan.FromMilliseconds(500)));
        var stuck = host.Client.Enqueue<TestJobs>(j => j.BlockForever());
        await host.ReachesAsync(stuck, "Processing");

        host.Client.Delete(stuck!);
        var other = host.Client.Enqueue<TestJobs>(j => j.Echo("a"));

        await host.ReachesAsync(other, "Succeeded");
        Assert.That(host.StateOf(stuck), Is.EqualTo("Deleted"));
        await Eventually.That(() => host.ScalarAsync<long>("select count(*) from hangfire.jobqueue"), Is.Zero);
    }

    [Test]
    public async Task A_filter_that_fails_makes_its_job_fail_visibly()
    {
        Host.StartServer();

        var id = Host.Client.Enqueue<TestJobs>(j => j.WithThrowingFilter());

        await Host.ReachesAsync(id, "Failed");
        Assert.That(Host.Monitor.JobDetails(id!)!.History[0].Data["ExceptionMessage"], Is.EqualTo("no election today"));
    }

    [AutomaticRetry(Attempts = 0)]
    public sealed class ThrowingConstructor
    {
        public ThrowingConstructor() => throw new InvalidOperationException("no constructor today");

#pragma warning disable CA1822 // A job's method is called on an instance here, that is the point.
        public void Run()
        {
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ThrowOnSuccessAttribute : JobFilterAttribute, IElectStateFilter
    {
        public void OnStateElection(ElectStateContext context)
        {
            if (context.CandidateState is SucceededState)
                throw new InvalidOperationException("no election today");
        }
    }
}
