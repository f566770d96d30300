using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

public class SucceededJobDto
{
    public bool InSucceededState { get; set; }
    public InvocationData? InvocationData { get; set; }
    public Job? Job { get; set; }
    public JobLoadException? LoadException { get; set; }
    public object? Result { get; set; }
    public IDictionary<string, string>? StateData { get; set; }
    public DateTime? SucceededAt { get; set; }
    public long? TotalDuration { get; set; }
}
