using Hangfire.Common;

namespace Hangfire.Engine;

internal sealed record WorkerPoolOptions(
    string ServerId,
    string[] Queues,
    int WorkerCount,
    TimeSpan QueuePollInterval,
    TimeSpan LeaseCheckInterval,
    TimeSpan AbortTimeout,
    IJobFilterProvider FilterProvider)
{
    /// <summary>Stands for the worker in Processing states: the pool's slots have no identity of their own.</summary>
    public string PoolId { get; } = Guid.NewGuid().ToString();
}
