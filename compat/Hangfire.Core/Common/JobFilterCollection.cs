using System.Collections;

namespace Hangfire.Common;

public class JobFilterCollection : IJobFilterProvider, IEnumerable<JobFilter>
{
    private readonly Lock _gate = new();
    private volatile JobFilter[] _filters = [];

    public int Count => _filters.Length;

    internal object Version => _filters;

    public void Add(object filter) => AddFilter(filter, null);

    public void Add(object filter, int order) => AddFilter(filter, order);

    public void Clear()
    {
        lock (_gate)
            _filters = [];
    }

    public bool Contains(object filter) => _filters.Any(f => f.Instance == filter);

    public void Remove(object filter) => RemoveWhere(f => f.Instance == filter);

    public void Remove(Type type) => RemoveWhere(f => type.IsInstanceOfType(f.Instance));

    public void Remove<T>() => Remove(typeof(T));

    public IEnumerator<JobFilter> GetEnumerator() => _filters.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IEnumerable<JobFilter> IJobFilterProvider.GetFilters(Job job) => this;

    private void AddFilter(object filter, int? order)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_gate)
            _filters = [.. _filters, new JobFilter(filter, JobFilterScope.Global, order)];
    }

    private void RemoveWhere(Predicate<JobFilter> predicate)
    {
        lock (_gate)
            _filters = Array.FindAll(_filters, f => !predicate(f));
    }
}
