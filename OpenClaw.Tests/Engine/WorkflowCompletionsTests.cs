using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>Waiting for the end of a run, with a clock that the test moves: it is told of at once, and looked for every three seconds.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class WorkflowCompletionsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // By the real clock, for what would never end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CountedTime _time = new();
    private TestDatabase _database = null!;
    private WorkflowCompletions _completions = null!;

    [OneTimeSetUp]
    public async Task Make_the_ledger()
    {
        _database = await TestDatabase.CreateMigratedAsync();
        var contexts = new PooledDbContextFactory<OpenClawDbContext>(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw(_database.ConnectionString).Options);
        _completions = new WorkflowCompletions(contexts, new RunningWorkflows(), _time);
    }

    [OneTimeTearDown]
    public async Task Drop_it() => await _database.DisposeAsync();

    [Test]
    public async Task An_end_that_is_told_is_known_before_any_time_has_passed()
    {
        var run = await RunAsync();
        var waiting = _completions.WaitAsync(run, Limit, default);
        await WaitsAsync();

        await EndAsync(run);
        _completions.Heard(run);

        Assert.That(await waiting.WaitAsync(Patience), Is.EqualTo(WorkflowStatus.Success));
    }

    [Test]
    public async Task An_end_that_nobody_tells_is_seen_after_three_seconds()
    {
        var run = await RunAsync();
        var waiting = _completions.WaitAsync(run, Limit, default);
        await WaitsAsync();
        await EndAsync(run);

        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.That(waiting.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.That(await waiting.WaitAsync(Patience), Is.EqualTo(WorkflowStatus.Success));
    }

    [Test]
    public async Task Who_has_waited_long_enough_is_told_how_it_stands()
    {
        var run = await RunAsync();
        var waiting = _completions.WaitAsync(run, Limit, default);

        foreach (var seconds in new[] { 3, 3, 3, 1 })
        {
            await WaitsAsync();
            Assert.That(waiting.IsCompleted, Is.False);
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.That(await waiting.WaitAsync(Patience), Is.EqualTo(WorkflowStatus.Pending));
        Assert.That(_time.Waiting, Is.Zero, "No timer is left behind.");
    }

    [Test]
    public async Task An_end_on_this_node_is_told_on_and_remembered_for_who_comes_late()
    {
        var run = await RunAsync();
        var told = new List<Guid>();
        _completions.EndedHere += told.Add;

        _completions.On(StepMoment.Succeeded, Claim(run));

        Assert.That(told, Is.EqualTo(new[] { run }));
        Assert.That(await _completions.WaitAsync(run, TimeSpan.Zero, isNew: true, default), Is.EqualTo(WorkflowStatus.Success), "The ledger is not asked.");
    }

    [Test]
    public async Task A_run_that_nobody_knows_is_not_waited_for() => Assert.That(await _completions.WaitAsync(Guid.NewGuid(), Limit, default), Is.Null);

    [Test]
    public async Task Who_gives_up_leaves_nothing_behind()
    {
        using var enough = new CancellationTokenSource();
        var waiting = _completions.WaitAsync(await RunAsync(), Limit, enough.Token);
        await WaitsAsync();

        await enough.CancelAsync();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_time.Waiting, Is.Zero);
    }

    private Task<int> WaitsAsync() => Eventually.That(() => _time.Waiting, Is.EqualTo(1));

    private async Task<Guid> RunAsync()
    {
        var run = Guid.CreateVersion7();
        await _database.ExecuteAsync($"INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, owner, request, due_at) VALUES ('{run}', 'any', 1, 'chained', 'PENDING', 'admin', 'null', now())");
        return run;
    }

    private Task EndAsync(Guid run) => _database.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET status = 'SUCCESS' WHERE workflow_uuid = '{run}'");

    private static StepClaim Claim(Guid run) => new(run, "any", 1, null, "admin", "null", null, 0, "first", 1, 0, 1, "1");
}
