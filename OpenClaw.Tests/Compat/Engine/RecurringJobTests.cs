using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Recurring;
using Hangfire.Storage;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecurringJobTests
{
    private readonly string _key = Guid.NewGuid().ToString();

    [Test]
    public async Task With_several_servers_each_instant_fires_once()
    {
        await using var host = await EngineHost.CreateAsync();
        new RecurringJobManager(host.Storage).AddOrUpdate<TestJobs>(
            "every-second", j => j.Step(_key, "tick"), "* * * * * *", new RecurringJobOptions { MisfireHandling = MisfireHandlingMode.Strict });
        for (var i = 0; i < 3; i++)
            host.StartServer(storage: host.NewStorage());

        await Eventually.That(() => TestJobs.CallsOf(_key).Length, Is.GreaterThanOrEqualTo(4));

        var times = await host.ScalarAsync<long[]>("select array_agg(value::bigint order by value) from hangfire.jobparameter where name = 'Time'");
        Assert.That(times, Is.EqualTo(Enumerable.Range(0, times!.Length).Select(i => times[0] + i)));
    }

    [TestCase(MisfireHandlingMode.Relaxed)]
    [TestCase(MisfireHandlingMode.Strict)]
    [TestCase(MisfireHandlingMode.Ignorable)]
    public async Task An_instant_whose_job_could_not_be_created_fires_with_the_retry(MisfireHandlingMode mode)
    {
        await using var host = await EngineHost.CreateAsync();
        var planned = DateTime.UtcNow.Date.AddHours(DateTime.UtcNow.Hour);
        new RecurringJobManager(host.Storage).AddOrUpdate<TestJobs>(
            "hourly", j => j.Step(_key, "run"), Cron.Hourly(), new RecurringJobOptions { MisfireHandling = mode });
        await host.ExecuteAsync($"update hangfire.hash set value = '{planned:O}' where field = 'NextExecution'");
        var trigger = new RecurringJobTrigger(
            host.Storage, new JobFilterProviderCollection(JobFilterProviders.Providers, new JobFilterCollection { new ThrowOnceFilter() }), new DefaultTimeZoneResolver());

        var error = Assert.Throws<InvalidOperationException>(() => trigger.FireDue("hourly", TimeSpan.FromHours(1)))!;
        trigger.Postpone("hourly", error);

        Assert.That(Read(host, "hourly"), Has.Property("Error").EqualTo("not now").And.Property("RetryAttempt").EqualTo(1));
        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.job"), Is.Zero);
        await host.ExecuteAsync("update hangfire.hash set value = to_char(now() at time zone 'utc' - interval '1 second', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') where field = 'NextExecution'");
        trigger.FireDue("hourly", TimeSpan.Zero);

        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.jobqueue"), Is.EqualTo(1));
        if (mode is not MisfireHandlingMode.Relaxed)
            Assert.That(await host.ScalarAsync<string>("select value from hangfire.jobparameter where name = 'Time'"), Is.EqualTo($"{JobHelper.ToTimestamp(planned)}"));
        Assert.That(Read(host, "hourly"), Has.Property("Error").Null.And.Property("RetryAttempt").Zero);
        Assert.That(Read(host, "hourly").NextExecution, Is.GreaterThan(planned));
    }

    [Test]
    public async Task A_triggered_job_runs_and_the_entry_remembers_it()
    {
        await using var host = await EngineHost.CreateAsync();
        host.StartServer();
        var manager = new RecurringJobManager(host.Storage);
        manager.AddOrUpdate<TestJobs>("yearly", j => j.Step(_key, "run"), Cron.Yearly());

        var id = manager.TriggerJob("yearly");

        await host.ReachesAsync(id, "Succeeded");
        var entry = Read(host, "yearly");
        Assert.That(entry.LastJobId, Is.EqualTo(id));
        Assert.That(entry.LastJobState, Is.EqualTo("Succeeded"));
        Assert.That(entry.NextExecution, Is.GreaterThan(DateTime.UtcNow));
        Assert.That(host.Monitor.JobDetails(id!)!.History[^1].Reason, Is.EqualTo("Triggered using recurring job manager"));
    }

    [TestCase(MisfireHandlingMode.Relaxed, 1)]
    [TestCase(MisfireHandlingMode.Strict, 3)]
    [TestCase(MisfireHandlingMode.Ignorable, 0)]
    public async Task What_was_missed_is_made_up_as_the_mode_says(MisfireHandlingMode mode, int expected)
    {
        await using var host = await EngineHost.CreateAsync();
        var now = DateTime.UtcNow;
        // Due each hour at a minute that is far from now, so that nothing becomes due while the test runs.
        var cron = Cron.Hourly(now.AddMinutes(30).Minute);
        new RecurringJobManager(host.Storage).AddOrUpdate<TestJobs>(
            "missed", j => j.Step(_key, "run"), cron, new RecurringJobOptions { MisfireHandling = mode });
        var planned = Read(host, "missed").NextExecution!.Value.AddHours(-3);
        await host.ExecuteAsync($"update hangfire.hash set value = '{planned:O}' where field = 'NextExecution'");
        await host.ExecuteAsync($"update hangfire.set set score = {new DateTimeOffset(planned).ToUnixTimeSeconds()} where key = 'recurring-jobs'");

        host.StartServer();

        await Eventually.That(() => Read(host, "missed").NextExecution, Is.GreaterThan(now));
        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.job"), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_entry_that_cannot_run_stays_and_shows_its_error()
    {
        await using var host = await EngineHost.CreateAsync();
        new RecurringJobManager(host.Storage).AddOrUpdate<TestJobs>("broken", j => j.Step(_key, "run"), "* * * * * *");
        await host.ExecuteAsync("update hangfire.hash set value = 'not cron' where field = 'Cron'");

        host.StartServer();

        await Eventually.That(() => Read(host, "broken").Error, Is.Not.Null);
        Assert.That(Read(host, "broken").NextExecution, Is.Null);
        Assert.That(await host.ScalarAsync<double>("select score from hangfire.set where key = 'recurring-jobs'"), Is.EqualTo(-1));
    }

    [Test]
    public async Task Removing_an_entry_leaves_nothing_of_it()
    {
        await using var host = await EngineHost.CreateAsync();
        var manager = new RecurringJobManager(host.Storage);
        manager.AddOrUpdate<TestJobs>("gone", j => j.Step(_key, "run"), Cron.Daily());

        manager.RemoveIfExists("gone");

        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.hash"), Is.Zero);
        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.set"), Is.Zero);
    }

    [Test]
    public async Task An_invalid_expression_is_refused_when_it_is_defined()
    {
        await using var host = await EngineHost.CreateAsync();

        Assert.That(
            () => new RecurringJobManager(host.Storage).AddOrUpdate<TestJobs>("bad", j => j.Step(_key, "run"), "61 * * * *"),
            Throws.ArgumentException.With.Message.Contains("61"));
    }

    private sealed class ThrowOnceFilter : IClientFilter
    {
        private int _calls;

        public void OnCreating(CreatingContext context)
        {
            if (_calls++ == 0)
                throw new InvalidOperationException("not now");
        }

        public void OnCreated(CreatedContext context)
        {
        }
    }

    private static RecurringJobDto Read(EngineHost host, string id)
    {
        using var connection = host.Storage.GetConnection();
        return connection.GetRecurringJobs([id]).Single();
    }
}
