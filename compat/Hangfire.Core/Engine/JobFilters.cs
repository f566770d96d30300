using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;

namespace Hangfire.Engine;

/// <summary>The filters of a job by kind, in order. Looked up once a method, until the global filters change.</summary>
internal sealed class JobFilters
{
    public static readonly JobFilters None = new([]);

    private static readonly ConditionalWeakTable<IJobFilterProvider, ConcurrentDictionary<(Type, MethodInfo), Cached>> Caches = [];

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
        if (!IsCacheable(provider, out var sources))
            return new JobFilters(provider.GetFilters(job));
        var cache = Caches.GetOrCreateValue(provider);
        if (cache.TryGetValue((job.Type, job.Method), out var cached) && cached.IsOf(sources))
            return cached.Filters;
        var versions = Cached.VersionsOf(sources);
        var filters = new JobFilters(provider.GetFilters(job));
        cache[(job.Type, job.Method)] = new Cached(versions, filters);
        return filters;
    }

    // Attributes never change and a collection has a version. What anybody else's provider says may differ each time.
    private static bool IsCacheable(IJobFilterProvider provider, out JobFilterProviderCollection sources)
    {
        sources = provider as JobFilterProviderCollection ?? [];
        if (provider.GetType() != typeof(JobFilterProviderCollection))
            return false;
        foreach (var source in sources)
            if (source.GetType() != typeof(JobFilterCollection) && source.GetType() != typeof(JobFilterAttributeFilterProvider))
                return false;
        return true;
    }

    private static bool IsContinuations(object filter) => filter.GetType() == typeof(ContinuationsSupportAttribute);

    private sealed record Cached(object[] Versions, JobFilters Filters)
    {
        public static object[] VersionsOf(JobFilterProviderCollection sources) => [.. sources.Select(VersionOf)];

        public bool IsOf(JobFilterProviderCollection sources)
        {
            if (sources.Count != Versions.Length)
                return false;
            for (var i = 0; i < Versions.Length; i++)
                if (!ReferenceEquals(Versions[i], VersionOf(sources[i])))
                    return false;
            return true;
        }

        private static object VersionOf(IJobFilterProvider source) => source is JobFilterCollection collection ? collection.Version : source;
    }
}
