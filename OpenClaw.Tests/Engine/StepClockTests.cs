using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>Steps on a clock of the test's, with a database that is never asked.</summary>
public sealed class StepClockTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Timeout=1";

    private readonly FakeTimeProvider _time = new();
    private readonly StepClaim _claim = new(Guid.NewGuid(), "clocked", 1, null, "tester", "{}", null, 0, "only", 1, 0, 1, "1");

    [Test]
    public async Task A_step_outside_has_its_time_by_the_clock_of_the_service_and_not_a_moment_more()
    {
        await using var services = Services();
        await using var nowhere = NpgsqlDataSource.Create(Nowhere);
        var execution = new StepExecution(new WorkflowLedger(nowhere, new ExecutorIdentity("clock:1")), services.GetRequiredService<IServiceScopeFactory>(), _time);
        using var entry = new RunningWorkflows().TryEnter(_claim.WorkflowUuid)!;
        var step = new StepDefinition("only", typeof(EndlessStep), RetryPolicy.Default, TimeSpan.FromHours(3));

        var running = execution.ExecuteAsync(_claim, step, new RunOutputs(), last: true, startNext: false, _ => { }, entry, default);
        _time.Advance(TimeSpan.FromMinutes(179));
        Assert.That(running.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(async () => await running, Throws.TypeOf<TimeoutException>().With.Message.Contains("took longer than 03:00:00"));
    }

    [TestCase(typeof(BrokenStep), true)]
    [TestCase(typeof(ImpatientStep), false)]
    public async Task Why_steps_could_not_be_done_together_is_logged_unless_it_is_said_again(Type step, bool logged)
    {
        await using var services = Services();
        await using var nowhere = NpgsqlDataSource.Create(Nowhere);
        var log = new ListLog();
        var group = new StepGroup(new WorkflowLedger(nowhere, new ExecutorIdentity("clock:1")), services.GetRequiredService<IServiceScopeFactory>(), _time, log);

        var done = await group.TryRunAsync(_claim, [new StepDefinition("only", step, RetryPolicy.Default, TimeSpan.FromMinutes(1))], new RunOutputs(), last: true, _ => { }, default);

        Assert.That(done, Is.Null);
        Assert.That(log.Exceptions.Select(exception => exception.Message), Is.EqualTo(logged ? ["broken"] : Array.Empty<string>()));
    }

    private static ServiceProvider Services() => new ServiceCollection()
        .AddScoped(_ => new OpenClawDbContext(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw(Nowhere).Options)).BuildServiceProvider();

    private sealed class EndlessStep : IExternalStep
    {
        public Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken) => new Signal<object?>().Task;
    }

    private sealed class BrokenStep : IDatabaseStep
    {
        public Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken) => throw new InvalidOperationException("broken");
    }

    private sealed class ImpatientStep : IDatabaseStep
    {
        public Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken) => throw new StepNotReadyException(TimeSpan.FromSeconds(1), "not yet");
    }

    private sealed class ListLog : ILogger<StepGroup>
    {
        public List<Exception> Exceptions { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Exceptions.Add(exception!);
    }
}
