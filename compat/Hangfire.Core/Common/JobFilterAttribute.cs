using System.Collections.Concurrent;
using System.Reflection;

namespace Hangfire.Common;

#pragma warning disable CA1813, CA1018 // Derived attributes narrow their own usage, as in the package.
public abstract class JobFilterAttribute : Attribute, IJobFilter
{
    private static readonly ConcurrentDictionary<Type, bool> Multiple = new();
    private int _order = JobFilter.DefaultOrder;

    public bool AllowMultiple => Multiple.GetOrAdd(
        GetType(), type => type.GetCustomAttribute<AttributeUsageAttribute>(inherit: true)?.AllowMultiple ?? false);

    public int Order
    {
        get => _order;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, JobFilter.DefaultOrder);
            _order = value;
        }
    }
}
