using System.Collections.Concurrent;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.AspNetCore;

public sealed class HangfireServerTests
{
    [Test]
    public async Task Jobs_run_in_a_scope_of_their_own_and_the_scope_is_disposed()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var host = Host(database);
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IBackgroundJobClient>();

        client.Enqueue<ScopedJob>(job => job.Run());
        client.Enqueue<ScopedJob>(job => job.Run());

        var seen = host.Services.GetRequiredService<Seen>();
        await Eventually.That(() => seen.Disposed.Count, Is.EqualTo(2));
        Assert.That(seen.Ran, Is.EquivalentTo(seen.Disposed));
        Assert.That(seen.Ran.Distinct().Count(), Is.EqualTo(2));
        await host.StopAsync();
    }

    [Test]
    public async Task Stopping_the_host_lets_a_running_job_finish()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var host = Host(database);
        await host.StartAsync();
        var seen = host.Services.GetRequiredService<Seen>();
        var id = host.Services.GetRequiredService<IBackgroundJobClient>().Enqueue<SlowJob>(job => job.Run())!;
        await seen.Started.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var stopping = host.StopAsync();
        Assert.That(stopping.IsCompleted, Is.False);
        seen.MayFinish.SetResult();
        await stopping;

        using var connection = host.Services.GetRequiredService<JobStorage>().GetConnection();
        Assert.That(connection.GetJobData(id)!.State, Is.EqualTo("Succeeded"));
    }

    [Test]
    public async Task A_job_that_stops_on_its_token_goes_back_to_its_queue()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var host = Host(database);
        await host.StartAsync();
        var seen = host.Services.GetRequiredService<Seen>();
        var id = host.Services.GetRequiredService<IBackgroundJobClient>().Enqueue<SlowJob>(job => job.RunUntilCancelled(CancellationToken.None))!;
        await seen.Started.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await host.StopAsync();

        using var next = Host(database);
        await next.StartAsync();
        await next.Services.GetRequiredService<Seen>().Started.Task.WaitAsync(TimeSpan.FromSeconds(10));
        using var connection = next.Services.GetRequiredService<JobStorage>().GetConnection();
        Assert.That(connection.GetJobData(id)!.State, Is.EqualTo("Processing"));
        await next.StopAsync();
    }

    [Test]
    public async Task Two_hosts_in_one_process_keep_to_their_own_storage()
    {
        await using var first = await TestDatabase.CreateAsync();
        await using var second = await TestDatabase.CreateAsync();
        using var one = Host(first);
        using var two = Host(second);

        Assert.That(one.Services.GetRequiredService<JobStorage>(), Is.Not.SameAs(two.Services.GetRequiredService<JobStorage>()));
        var inSecond = two.Services.GetRequiredService<IBackgroundJobClient>().Enqueue<ScopedJob>(job => job.Run())!;

        using var connection = one.Services.GetRequiredService<JobStorage>().GetConnection();
        Assert.That(connection.GetJobData(inSecond), Is.Null);
    }

    [Test]
    public void What_the_engine_logs_goes_to_the_hosts_loggers()
    {
        var logged = new List<string>();
        using var factory = LoggerFactory.Create(logging => logging.AddFilter(level => level >= LogLevel.Information).AddProvider(new Recorder(logged)));
        var log = new AspNetCoreLogProvider(factory).GetLogger("Hangfire.Some.Part");

        log.Log(Hangfire.Logging.LogLevel.Warn, () => "careful", new InvalidOperationException("boom"));
        log.Log(Hangfire.Logging.LogLevel.Fatal, () => "over");
        log.Log(Hangfire.Logging.LogLevel.Debug, () => throw new InvalidOperationException("Nobody wants to know."));

        Assert.That(logged, Is.EqualTo(["Hangfire.Some.Part Warning careful boom", "Hangfire.Some.Part Critical over "]));
    }

    private static IHost Host(TestDatabase database)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Seen>().AddScoped<Scoped>();
        builder.Services.AddHangfire(configuration => configuration.UsePostgreSqlStorage(options => options.UseConnectionFactory(
            new SharedDataSource(database.DataSource))));
        builder.Services.AddHangfireServer(options => options.WorkerCount = 2);
        return builder.Build();
    }

    private sealed class Recorder(List<string> logged) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Recording(categoryName, logged);

        public void Dispose()
        {
        }

        private sealed class Recording(string category, List<string> logged) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                logged.Add($"{category} {logLevel} {formatter(state, exception)} {exception?.Message}");
        }
    }

    public sealed class Seen
    {
        public ConcurrentBag<Guid> Ran { get; } = [];
        public ConcurrentBag<Guid> Disposed { get; } = [];
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource MayFinish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Can only be disposed asynchronously, as an EF Core context factory's scope may be.</summary>
    public sealed class Scoped(Seen seen) : IAsyncDisposable
    {
        public Guid Id { get; } = Guid.NewGuid();

        public ValueTask DisposeAsync()
        {
            seen.Disposed.Add(Id);
            return ValueTask.CompletedTask;
        }
    }

    public sealed class ScopedJob(Scoped scoped, Seen seen)
    {
        public void Run() => seen.Ran.Add(scoped.Id);
    }

    public sealed class SlowJob(Seen seen)
    {
        public async Task Run()
        {
            seen.Started.TrySetResult();
            await seen.MayFinish.Task;
        }

        public async Task RunUntilCancelled(CancellationToken cancellationToken)
        {
            seen.Started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
