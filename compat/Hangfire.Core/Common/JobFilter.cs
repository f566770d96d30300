namespace Hangfire.Common;

public class JobFilter(object instance, JobFilterScope scope, int? order)
{
    public const int DefaultOrder = -1;

    public object Instance { get; protected set; } = instance;
    public int Order { get; protected set; } = order ?? (instance as IJobFilter)?.Order ?? DefaultOrder;
    public JobFilterScope Scope { get; protected set; } = scope;
}
