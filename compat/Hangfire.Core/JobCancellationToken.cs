namespace Hangfire;

public class JobCancellationToken(bool canceled) : IJobCancellationToken
{
    public static IJobCancellationToken? Null => null;

    public CancellationToken ShutdownToken { get; } = new(canceled);

    public void ThrowIfCancellationRequested() => ShutdownToken.ThrowIfCancellationRequested();
}
