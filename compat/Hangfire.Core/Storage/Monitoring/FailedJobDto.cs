using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

public class FailedJobDto
{
    public string? ExceptionDetails { get; set; }
    public string? ExceptionMessage { get; set; }
    public string? ExceptionType { get; set; }
    public DateTime? FailedAt { get; set; }
    public bool InFailedState { get; set; }
    public InvocationData? InvocationData { get; set; }
    public Job? Job { get; set; }
    public JobLoadException? LoadException { get; set; }
    public string? Reason { get; set; }
    public IDictionary<string, string>? StateData { get; set; }
}
