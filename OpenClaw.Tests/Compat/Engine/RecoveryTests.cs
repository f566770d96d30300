using Hangfire;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecoveryTests
{
    private static readonly TimeSpan Invisibility = TimeSpan.FromSeconds(2);

    private readonly string _key = Guid.NewGuid().ToString();

    [Test]
    public async Task A_job_whose_worker_vanished_runs_again_once_its_lease_is_over()
    {
        await using var host = await EngineHost.CreateAsync(o => o.InvisibilityTimeout = Invisibility);
        var id = host.Client.Enqueue<TestJobs>(j => j.Step(_key, "run"));
        await ClaimAsVanishedWorkerAsync(host);

        host.StartServer();

        await host.ReachesAsync(id, "Succeeded", Invisibility + TimeSpan.FromSeconds(5));
        Assert.That(host.HistoryOf(id), Is.EqualTo(["Enqueued", "Processing", "Processing", "Succeeded"]));
    }

    [Test]
    public async Task A_worker_killed_right_after_a_hand_off_leaves_the_next_link_claimed_and_it_runs_once_the_lease_is_over()
    {
        await using var host = await EngineHost.CreateAsync(o => o.InvisibilityTimeout = Invisibility);
        var first = host.Client.Enqueue<TestJobs>(j => j.Step(_key, "1"));
        var second = host.Client.ContinueJobWith<TestJobs>(first!, j => j.WaitAsync(_key, "2", default));
        var server = host.StartServer();
        await Eventually.That(() => TestJobs.CallsOf(_key), Has.Length.EqualTo(2));

        // What the hand-off has committed is all that a killed process leaves behind: one claimed row, for the next link.
        Assert.That(await host.ScalarAsync<string>("select string_agg(jobid::text, ',') from hangfire.jobqueue where fetchedat is not null"), Is.EqualTo(second));
        Assert.That(host.StateOf(first), Is.EqualTo("Succeeded"));
        await host.ExecuteAsync("update hangfire.jobqueue set updatecount = updatecount + 1, fetchedat = now() - interval '1 hour'");
        await Eventually.That(() => TestJobs.CallsOf(_key), Has.Length.EqualTo(3));
        TestJobs.Gate(_key).SetResult();

        await host.ReachesAsync(second, "Succeeded");
        Assert.That(TestJobs.CallsOf(_key), Is.EqualTo(["1", "2", "2"]));
        Assert.That(host.HistoryOf(second).Count(s => s == "Succeeded"), Is.EqualTo(1));
        server.SendStop();
    }

    [Test]
    public async Task A_long_job_keeps_its_lease_and_is_not_started_twice()
    {
        // Long enough that a busy machine does not keep a renewal waiting for all of it.
        var lease = TimeSpan.FromSeconds(5);
        await using var host = await EngineHost.CreateAsync(o => o.InvisibilityTimeout = lease);
        var id = host.Client.Enqueue<TestJobs>(j => j.WaitAsync(_key, "run", default));
        host.StartServer();
        host.StartServer();
        await Eventually.That(() => TestJobs.CallsOf(_key), Has.Length.EqualTo(1));

        var claimed = await host.ScalarAsync<DateTime>("select min(fetchedat) from hangfire.jobqueue");
        await Eventually.That(
            () => host.ScalarAsync<DateTime>("select min(fetchedat) from hangfire.jobqueue"), Is.GreaterThan(claimed + lease));
        TestJobs.Gate(_key).SetResult();

        await host.ReachesAsync(id, "Succeeded");
        Assert.That(TestJobs.CallsOf(_key), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_worker_that_lost_its_lease_does_not_finish_the_job()
    {
        await using var host = await EngineHost.CreateAsync();
        var id = host.Client.Enqueue<TestJobs>(j => j.WaitAsync(_key, "run", default));
        host.StartServer(o => o.CancellationCheckInterval = TimeSpan.FromHours(1));
        await Eventually.That(() => TestJobs.CallsOf(_key), Has.Length.EqualTo(1));

        await host.ExecuteAsync("update hangfire.jobqueue set updatecount = updatecount + 1, fetchedat = now() + interval '1 hour'");
        TestJobs.Gate(_key).SetResult();

        await Eventually.That(() => host.ScalarAsync<long>("select count(*) from hangfire.jobqueue"), Is.EqualTo(1));
        var other = host.Client.Enqueue<TestJobs>(j => j.Echo("after"));
        await host.ReachesAsync(other, "Succeeded");
        Assert.That(host.StateOf(id), Is.EqualTo("Processing"));
    }

    [Test]
    public async Task A_graceful_stop_gives_unfinished_jobs_back_and_is_no_failure()
    {
        await using var host = await EngineHost.CreateAsync();
        var id = host.Client.Enqueue<TestJobs>(j => j.WaitAsync(_key, "run", default));
        var first = host.StartServer();
        await Eventually.That(() => TestJobs.CallsOf(_key), Has.Length.EqualTo(1));

        first.SendStop();
        await first.WaitForShutdownAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);

        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.jobqueue where fetchedat is null"), Is.EqualTo(1));
        Assert.That(host.Monitor.Servers(), Is.Empty);
        TestJobs.Gate(_key).SetResult();
        host.StartServer();
        await host.ReachesAsync(id, "Succeeded");
        Assert.That(host.HistoryOf(id), Does.Not.Contain("Failed"));
    }

    [Test]
    public async Task After_a_crash_of_the_database_work_goes_on_and_no_queue_stays_asleep()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var host = await EngineHost.CreateAsync(o => o.EnableLongPolling = true, cluster);
        host.StartServer();
        var before = host.Client.Enqueue<TestJobs>(j => j.WaitAsync(_key, "running", default));
        await Eventually.That(() => TestJobs.CallsOf(_key), Has.Length.EqualTo(1));

        await cluster.CrashAsync();
        TestJobs.Gate(_key).SetResult();
        Assert.That(() => host.Client.Enqueue<TestJobs>(j => j.Echo("x")), Throws.InstanceOf<BackgroundJobClientException>());
        await cluster.StartAsync();

        await host.ReachesAsync(before, "Succeeded", TimeSpan.FromSeconds(20));
        var after = host.Client.Enqueue<TestJobs>(j => j.Echo("after"));
        var later = host.Client.Schedule<TestJobs>(j => j.Echo("later"), TimeSpan.FromSeconds(1));
        await host.ReachesAsync(after, "Succeeded");
        await host.ReachesAsync(later, "Succeeded");
        Assert.That(TestJobs.CallsOf(_key), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Another_process_is_told_of_a_job_at_once_and_listens_again_when_its_connection_died()
    {
        const string listener = "select max(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'";
        await using var host = await EngineHost.CreateAsync(o => (o.EnableLongPolling, o.QueuePollInterval) = (true, TimeSpan.FromHours(1)));
        var elsewhere = new BackgroundJobClient(host.NewStorage());
        host.StartServer();

        var listening = await Eventually.That(() => host.ScalarAsync<int?>(listener), Is.Not.Null);
        var told = elsewhere.Enqueue<TestJobs>(j => j.Echo("a"));
        await host.ReachesAsync(told, "Succeeded");

        await host.ExecuteAsync($"select pg_terminate_backend({listening})");
        await Eventually.That(() => host.ScalarAsync<int?>(listener), Is.Not.Null.And.Not.EqualTo(listening));
        var toldAgain = elsewhere.Enqueue<TestJobs>(j => j.Echo("b"));
        await host.ReachesAsync(toldAgain, "Succeeded");
    }

    [Test]
    public async Task A_server_that_vanished_is_removed()
    {
        await using var host = await EngineHost.CreateAsync();
        using (var connection = host.Storage.GetConnection())
            connection.AnnounceServer("vanished:1:2", new Hangfire.Server.ServerContext { Queues = ["default"], WorkerCount = 1 });
        await host.ExecuteAsync("update hangfire.server set lastheartbeat = now() - interval '1 hour'");

        host.StartServer(o => o.ServerCheckInterval = TimeSpan.FromMilliseconds(100));

        await Eventually.That(() => host.Monitor.Servers().Select(s => s.Name), Has.None.EqualTo("vanished:1:2"));
        await Eventually.That(() => host.Monitor.Servers(), Has.Count.EqualTo(1));
    }

    private static Task ClaimAsVanishedWorkerAsync(EngineHost host) => host.ExecuteAsync(
        """
        with s as (insert into hangfire.state (jobid, name, createdat, data)
                   select id, 'Processing', now(), '{"ServerId":"vanished:1:2"}' from hangfire.job returning id, jobid),
        j as (update hangfire.job set statename = 'Processing', stateid = s.id from s where job.id = s.jobid)
        update hangfire.jobqueue set fetchedat = now(), updatecount = updatecount + 1
        """);
}
