using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

public class EnqueuedJobDto
{
    public DateTime? EnqueuedAt { get; set; }
    public bool InEnqueuedState { get; set; }
    public InvocationData? InvocationData { get; set; }
    public Job? Job { get; set; }
    public JobLoadException? LoadException { get; set; }
    public string? State { get; set; }
    public IDictionary<string, string>? StateData { get; set; }
}
