using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

public class ProcessingJobDto
{
    public bool InProcessingState { get; set; }
    public InvocationData? InvocationData { get; set; }
    public Job? Job { get; set; }
    public JobLoadException? LoadException { get; set; }
    public string? ServerId { get; set; }
    public DateTime? StartedAt { get; set; }
    public IDictionary<string, string>? StateData { get; set; }
}
