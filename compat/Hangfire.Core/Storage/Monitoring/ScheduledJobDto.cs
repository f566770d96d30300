using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

public class ScheduledJobDto
{
    public DateTime EnqueueAt { get; set; }
    public bool InScheduledState { get; set; }
    public InvocationData? InvocationData { get; set; }
    public Job? Job { get; set; }
    public JobLoadException? LoadException { get; set; }
    public DateTime? ScheduledAt { get; set; }
    public IDictionary<string, string>? StateData { get; set; }
}
