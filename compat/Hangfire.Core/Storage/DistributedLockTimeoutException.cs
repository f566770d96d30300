namespace Hangfire.Storage;

#pragma warning disable CA1032 // The constructors are the package's.
public class DistributedLockTimeoutException(string resource)
    : TimeoutException($"Timeout expired. The timeout elapsed prior to obtaining a distributed lock on the '{resource}' resource.")
{
    public string Resource { get; } = resource;
}
