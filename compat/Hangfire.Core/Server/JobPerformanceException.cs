namespace Hangfire.Server;

#pragma warning disable CA1032 // The constructors are the package's.
public class JobPerformanceException(string message, Exception innerException, string? jobId) : Exception(message, innerException)
{
    public JobPerformanceException(string message, Exception innerException) : this(message, innerException, null)
    {
    }

    public string? JobId { get; } = jobId;
}
