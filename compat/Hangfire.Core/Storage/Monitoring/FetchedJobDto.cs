using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

public class FetchedJobDto
{
    public DateTime? FetchedAt { get; set; }
    public InvocationData? InvocationData { get; set; }
    public Job? Job { get; set; }
    public JobLoadException? LoadException { get; set; }
    public string? State { get; set; }
}
