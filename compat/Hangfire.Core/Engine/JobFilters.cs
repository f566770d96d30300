using System.Collections.Concurrent;
using System.Reflection;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;

namespace Hangfire.Engine;

/// <summary>The filters of a job by kind, in order. Looked up once a method, until the global filters change.</summary>
internal sealed class JobFilters
{
    public static readonly JobFilters None = new([]);

    private static readonly ConcurrentDictionary<(Type, MethodInfo), (object Version, JobFilters Filters)> Cache = new();

    private JobFilters(IEnumerable<JobFilter> filters)
    {
        var instances = filters.Select(f => f.Instance).ToArray();
        Client = [.. instances.OfType<IClientFilter>()];
        Server = [.. instances.OfType<IServerFilter>()];
        Elect = [.. instances.OfType<IElectStateFilter>()];
        Apply = [.. instances.OfType<IApplyStateFilter>()];
        CustomElect = [.. Elect.Where(f => f is not (AutomaticRetryAttribute or StatisticsHistoryAttribute) && !IsContinuations(f))];
        CustomApply = [.. Apply.Where(f => f is not AutomaticRetryAttribute && !IsContinuations(f))];
        IsStandard = Elect.Any(IsContinuations) && Elect.Any(f => f is StatisticsHistoryAttribute);
    }

    public IClientFilter[] Client { get; }
    public IServerFilter[] Server { get; }
    public IElectStateFilter[] Elect { get; }
    public IApplyStateFilter[] Apply { get; }

    /// <summary>Those that the engine does not know: all the built-in ones do on success, its set-based statements do too.</summary>
    public IElectStateFilter[] CustomElect { get; }

    public IApplyStateFilter[] CustomApply { get; }

    /// <summary>Whether the built-in filters that the set-based statements stand for are there at all.</summary>
    public bool IsStandard { get; }

    public bool HasCustomStateFilters => CustomElect.Length > 0 || CustomApply.Length > 0;

    public static JobFilters For(IJobFilterProvider provider, Job job)
    {
        if (!IsCacheable(provider))
            return new JobFilters(provider.GetFilters(job));
        var version = GlobalJobFilters.Filters.Version;
        if (Cache.TryGetValue((job.Type, job.Method), out var cached) && ReferenceEquals(cached.Version, version))
            return cached.Filters;
        var filters = new JobFilters(provider.GetFilters(job));
        Cache[(job.Type, job.Method)] = (version, filters);
        return filters;
    }

    private static bool IsCacheable(IJobFilterProvider provider) =>
        ReferenceEquals(provider, JobFilterProviders.Providers)
        && JobFilterProviders.Providers.All(p => p is JobFilterCollection || p.GetType() == typeof(JobFilterAttributeFilterProvider))
        && JobFilterProviders.Providers.Count == 2;

    private static bool IsContinuations(object filter) => filter.GetType() == typeof(ContinuationsSupportAttribute);
}
