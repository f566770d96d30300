using System.Collections.ObjectModel;

namespace Hangfire.Common;

public class JobFilterProviderCollection : Collection<IJobFilterProvider>, IJobFilterProvider
{
    public JobFilterProviderCollection()
    {
    }

    public JobFilterProviderCollection(params IJobFilterProvider[] providers) : base([.. providers])
    {
    }

    /// <summary>Sorted by order and scope. Of several filters of a type that stands alone, the narrowest scope wins.</summary>
    public IEnumerable<JobFilter> GetFilters(Job job)
    {
        var sorted = this.SelectMany(provider => provider.GetFilters(job)).OrderBy(f => f.Order).ThenBy(f => f.Scope).ToList();
        var narrowest = sorted.Where(f => f.Instance is IJobFilter { AllowMultiple: false })
            .GroupBy(f => f.Instance.GetType())
            .ToDictionary(g => g.Key, g => g.OrderBy(f => f.Scope).ThenBy(sorted.IndexOf).Last());
        return sorted.Where(f => !narrowest.TryGetValue(f.Instance.GetType(), out var winner) || ReferenceEquals(winner, f));
    }
}
