using Hangfire;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>What a job costs: rows of one commit bear the same xmin.</summary>
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HandOffTests
{
    private readonly string _key = Guid.NewGuid().ToString();

    [Test]
    public async Task A_continuation_takes_over_the_queue_row_in_the_commit_that_finishes_its_parent()
    {
        await using var host = await EngineHost.CreateAsync();
        var parent = host.Client.Enqueue<TestJobs>(j => j.WaitAsync(_key, "parent", default));
        var child = host.Client.ContinueJobWith<TestJobs>(parent!, j => j.WaitAsync($"{_key} child", "child", default));
        host.StartServer();
        await Eventually.That(() => TestJobs.CallsOf(_key), Has.Length.EqualTo(1));
        var row = await host.ScalarAsync<long>("select id from hangfire.jobqueue");

        TestJobs.Gate(_key).SetResult();
        await Eventually.That(() => TestJobs.CallsOf($"{_key} child"), Has.Length.EqualTo(1));

        Assert.That(
            await host.ScalarAsync<string>($"""
                select string_agg(name, ' ' order by id) || ' in ' || count(distinct xmin::text) from hangfire.state
                where (jobid, name) in (({parent}, 'Succeeded'), ({child}, 'Enqueued'), ({child}, 'Processing'))
                """),
            Is.EqualTo("Succeeded Enqueued Processing in 1"));
        Assert.That(await host.ScalarAsync<string>("select string_agg(id || ':' || jobid, ' ') from hangfire.jobqueue"), Is.EqualTo($"{row}:{child}"));
        TestJobs.Gate($"{_key} child").SetResult();
        await host.ReachesAsync(child, "Succeeded");
    }

    [Test]
    public async Task A_queued_job_costs_one_commit_to_create_and_two_to_run()
    {
        await using var host = await EngineHost.CreateAsync(o => o.CountersAggregateInterval = TimeSpan.FromHours(1));
        var id = host.Client.Enqueue<TestJobs>(j => j.WaitAsync(_key, "run", default));
        host.StartServer();
        await Eventually.That(() => TestJobs.CallsOf(_key), Has.Length.EqualTo(1));
        TestJobs.Gate(_key).SetResult();
        await host.ReachesAsync(id, "Succeeded");

        Assert.That(
            await host.ScalarAsync<long>("""
                select count(distinct xmin::text) from (
                    select xmin from hangfire.state union all select xmin from hangfire.job union all select xmin from hangfire.jobparameter
                    union all select xmin from hangfire.counter) w
                """),
            Is.EqualTo(3));
    }
}
