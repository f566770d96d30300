using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

public class AwaitingJobDto
{
    public DateTime? AwaitingAt { get; set; }
    public bool InAwaitingState { get; set; }
    public InvocationData? InvocationData { get; set; }
    public Job? Job { get; set; }
    public JobLoadException? LoadException { get; set; }
    public string? ParentStateName { get; set; }
    public IDictionary<string, string>? StateData { get; set; }
}
