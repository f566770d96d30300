using System.Collections.Concurrent;
using System.Globalization;
using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Server;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>Filters around the creation and the performance of jobs.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class PerformFilterTests : EngineFixture
{
    [OneTimeSetUp]
    public void StartServer() => Host.StartServer();

    [TestCase("", "Succeeded", "outer creating, inner creating, inner created, outer created, outer performing, inner performing, job, inner performed, outer performed")]
    [TestCase("cancel creating", null, "outer creating, inner creating, outer created canceled")]
    [TestCase("throw creating", null, "outer creating, inner creating")]
    [TestCase("cancel performing", "Succeeded", "outer creating, inner creating, inner created, outer created, outer performing, inner performing, outer performed canceled")]
    [TestCase("throw performing", "Failed", "outer creating, inner creating, inner created, outer created, outer performing, inner performing, outer performed with not today")]
    [TestCase("throw performed", "Failed", "outer creating, inner creating, inner created, outer created, outer performing, inner performing, job, inner performed, outer performed with not today")]
    [TestCase("fail", "Failed", "outer creating, inner creating, inner created, outer created, outer performing, inner performing, job, inner performed with boom, outer performed with boom")]
    [TestCase("fail handled", "Succeeded", "outer creating, inner creating, inner created, outer created, outer performing, inner performing, job, inner performed with boom, outer performed with boom")]
    public async Task Each_filter_encloses_the_next_one(string what, string? state, string expected)
    {
        var key = $"{what} {Guid.NewGuid()}";
        string? id = null;
        void Create()
        {
            using var scope = NewScope();
            id = Host.Client.Enqueue(() => Filtered.Run(key, what));
            scope.Complete();
        }

        if (what == "throw creating")
            Assert.That(Create, Throws.InstanceOf<BackgroundJobClientException>().With.InnerException.Message.EqualTo("not today"));
        else
            Create();

        Assert.That(id is null, Is.EqualTo(state is null));
        if (state is not null)
            await Host.ReachesAsync(id, state);
        Assert.That(TestJobs.CallsOf(key), Is.EqualTo(expected.Split(", ")));
    }

    [Test]
    public async Task A_global_filter_applies_to_every_job_from_then_on()
    {
        var key = Guid.NewGuid().ToString();
        await Host.ReachesAsync(Host.Client.Enqueue<TestJobs>(j => j.Step(key, "before")), "Succeeded");
        var filter = new GlobalTrace(key);
        GlobalJobFilters.Filters.Add(filter);
        try
        {
            string? with;
            using (var scope = NewScope())
            {
                with = Host.Client.Enqueue<TestJobs>(j => j.Step(key, "with"));
                scope.Complete();
            }

            await Host.ReachesAsync(with, "Succeeded");
        }
        finally
        {
            GlobalJobFilters.Filters.Remove(filter);
        }
        await Host.ReachesAsync(Host.Client.Enqueue<TestJobs>(j => j.Step(key, "after")), "Succeeded");

        Assert.That(TestJobs.CallsOf(key), Is.EqualTo(["before", "created", "performing", "with", "after"]));
    }

    // Without ICU there is one culture only, so another object of it stands for the worker's.
    [Test]
    public async Task A_job_has_its_creators_culture_and_the_workers_own_comes_back()
    {
        var probe = new CultureProbe();
        var filters = new JobFilterCollection { new StatisticsHistoryAttribute(), new ContinuationsSupportAttribute(), new CaptureCultureAttribute() };
        filters.Add(probe, order: 999);
        filters.Add(probe, order: 1001);
        var provider = new JobFilterProviderCollection(filters);
        await using var host = await EngineHost.CreateAsync();
        host.StartServer(o => o.FilterProvider = provider);

        var id = new BackgroundJobClient(host.Storage, provider).Enqueue<TestJobs>(j => j.Echo("a"));
        await host.ReachesAsync(id, "Succeeded");

        Assert.That(probe.Seen, Is.EqualTo(["worker's", "creator's", "creator's", "worker's"]));
    }

    public static class Filtered
    {
        [Trace("outer", Order = 1)]
        [Trace("inner", Order = 2)]
        [AutomaticRetry(Attempts = 0)]
        public static void Run(string key, string what)
        {
            TestJobs.Record(key, "job");
            if (what.StartsWith("fail", StringComparison.Ordinal))
                throw new InvalidOperationException("boom");
        }
    }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public sealed class TraceAttribute(string name) : JobFilterAttribute, IClientFilter, IServerFilter
    {
        public string Name { get; } = name;

        public void OnCreating(CreatingContext context) => context.Canceled = Do(context.Job, "creating");

        public void OnCreated(CreatedContext context) => Do(context.Job, context.Canceled ? "created canceled" : "created");

        public void OnPerforming(PerformingContext context) => context.Canceled = Do(context.BackgroundJob.Job, "performing");

        public void OnPerformed(PerformedContext context)
        {
            var exception = context.Exception is JobPerformanceException { InnerException: { } inner } ? inner : context.Exception;
            context.ExceptionHandled |= Name == "outer" && (string?)context.BackgroundJob.Job.Args[1] == "fail handled";
            Do(context.BackgroundJob.Job, exception is not null ? $"performed with {exception.Message}" : context.Canceled ? "performed canceled" : "performed");
        }

        private bool Do(Job job, string moment)
        {
            var (key, what) = ((string)job.Args[0]!, (string)job.Args[1]!);
            TestJobs.Record(key, $"{Name} {moment}");
            if (Name == "inner" && what == $"throw {moment}")
                throw new InvalidOperationException("not today");
            return Name == "inner" && what == $"cancel {moment}";
        }
    }

    private sealed class GlobalTrace(string key) : IClientFilter, IServerFilter
    {
        public void OnCreating(CreatingContext context)
        {
        }

        public void OnCreated(CreatedContext context) => Note(context.Job, "created");

        public void OnPerforming(PerformingContext context) => Note(context.BackgroundJob.Job, "performing");

        public void OnPerformed(PerformedContext context)
        {
        }

        private void Note(Job job, string moment)
        {
            if (job.Args.Contains(key))
                TestJobs.Record(key, moment);
        }
    }

    /// <summary>Stands on both sides of the filter that captures; the first time it gives the worker a culture of its own.</summary>
    private sealed class CultureProbe : IServerFilter
    {
        private readonly CultureInfo _worker = new("");

        public ConcurrentQueue<string> Seen { get; } = new();

        public void OnPerforming(PerformingContext context)
        {
            if (Seen.IsEmpty)
                CultureInfo.CurrentCulture = _worker;
            Look();
        }

        public void OnPerformed(PerformedContext context) => Look();

        private void Look() => Seen.Enqueue(ReferenceEquals(CultureInfo.CurrentCulture, _worker) ? "worker's" : "creator's");
    }
}
