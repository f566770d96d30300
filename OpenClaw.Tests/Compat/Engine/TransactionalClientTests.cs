using System.Transactions;
using Hangfire;
using Npgsql;

namespace OpenClaw.Tests.Compat.Engine;

[Parallelizable(ParallelScope.Self)]
public sealed class TransactionalClientTests : EngineFixture
{
    [OneTimeSetUp]
    public async Task CreateTableAsync() => await Host.ExecuteAsync("create table agents (name text)");

    [Test]
    public async Task What_is_created_in_a_scope_that_rolls_back_was_never_there()
    {
        var before = await CountsAsync();

        using (NewScope())
        {
            await InsertAgentAsync("ghost");
            CreateChain(Guid.NewGuid().ToString());
        }

        Assert.That(await CountsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_row_and_a_chain_commit_as_one_and_run_only_then()
    {
        var key = Guid.NewGuid().ToString();
        Host.StartServer();
        string? last;
        using (var scope = NewScope())
        {
            await InsertAgentAsync("real");
            last = CreateChain(key);
            using (new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled))
                Assert.That(await Host.ScalarAsync<long>("select count(*) from agents where name = 'real'"), Is.Zero);
            Assert.That(TestJobs.CallsOf(key), Is.Empty);
            scope.Complete();
        }

        await Host.ReachesAsync(last, "Succeeded");
        Assert.That(TestJobs.CallsOf(key), Is.EqualTo(["1", "2", "3"]));
        Assert.That(await Host.ScalarAsync<long>("select count(*) from agents where name = 'real'"), Is.EqualTo(1));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Transactions_far_more_than_connections_create_their_jobs_all_the_same()
    {
        await using var host = await EngineHost.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var scope = NewScope();
                var first = host.Client.Enqueue<TestJobs>(jobs => jobs.Step("crowd", "1"));
                host.Client.ContinueJobWith<TestJobs>(first!, jobs => jobs.Step("crowd", "2"));
                scope.Complete();
            },
            TaskCreationOptions.LongRunning)));

        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.job"), Is.EqualTo(120));
    }

    [Test]
    public async Task A_state_change_in_a_scope_counts_from_its_commit()
    {
        var id = Host.Client.Schedule<TestJobs>(j => j.Echo("a"), TimeSpan.FromDays(1));

        using (NewScope())
            Assert.That(Host.Client.Delete(id!), Is.True);
        Assert.That(Host.StateOf(id), Is.EqualTo("Scheduled"));

        using (var scope = NewScope())
        {
            Assert.That(Host.Client.Delete(id!), Is.True);
            scope.Complete();
        }
        Assert.That(Host.StateOf(id), Is.EqualTo("Deleted"));
        Assert.That(await Host.ScalarAsync<long>($"select count(*) from hangfire.set where value = '{id}'"), Is.Zero);
    }

    [TestCase(false, "kept", 0)]
    [TestCase(true, "new triggered", 1)]
    public async Task What_is_done_to_recurring_jobs_in_a_scope_counts_from_its_commit(bool commit, string expected, int jobs)
    {
        await using var host = await EngineHost.CreateAsync();
        var manager = new RecurringJobManager(host.Storage);
        manager.AddOrUpdate<TestJobs>("kept", j => j.Echo("a"), Cron.Never());
        using (var scope = NewScope())
        {
            manager.RemoveIfExists("kept");
            manager.AddOrUpdate<TestJobs>("new", j => j.Echo("a"), Cron.Never());
            manager.AddOrUpdate<TestJobs>("triggered", j => j.Echo("a"), Cron.Never());
            Assert.That(manager.TriggerJob("triggered"), Is.Not.Null);
            if (commit)
                scope.Complete();
        }

        Assert.That(await host.ScalarAsync<string>("select string_agg(value, ' ' order by value) from hangfire.set where key = 'recurring-jobs'"), Is.EqualTo(expected));
        Assert.That(await host.ScalarAsync<string>("select string_agg(distinct substr(key, 15), ' ') from hangfire.hash"), Is.EqualTo(expected));
        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.jobqueue"), Is.EqualTo(jobs));
    }

    [Test]
    public void A_continuation_of_a_job_that_does_not_exist_is_refused() =>
        Assert.That(
            () => Host.Client.ContinueJobWith<TestJobs>("999999999", j => j.Echo("a")),
            Throws.InstanceOf<BackgroundJobClientException>().With.InnerException.Message.Contains("does not exist"));

    private string? CreateChain(string key)
    {
        var first = Host.Client.Enqueue<TestJobs>(j => j.Step(key, "1"));
        var second = Host.Client.ContinueJobWith<TestJobs>(first!, j => j.Step(key, "2"));
        return Host.Client.ContinueJobWith<TestJobs>(second!, j => j.Step(key, "3"));
    }

    private async Task InsertAgentAsync(string name)
    {
        await using var command = Host.DataSource.CreateCommand("insert into agents values ($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string?> CountsAsync() => await Host.ScalarAsync<string>(
        """
        select concat_ws(' ', (select count(*) from agents), (select count(*) from hangfire.job), (select count(*) from hangfire.state),
            (select count(*) from hangfire.jobqueue), (select count(*) from hangfire.jobparameter), (select count(*) from hangfire.set))
        """);
}
