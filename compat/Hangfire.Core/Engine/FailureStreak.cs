using Hangfire.Logging;

namespace Hangfire.Engine;

/// <summary>One log line when something begins to fail and one when it works again, with growing pauses between.</summary>
internal sealed class FailureStreak(ILog log, string what)
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(5);

    private int _failures;

    public void Succeeded()
    {
        if (Volatile.Read(ref _failures) == 0)
            return;
        var failures = Interlocked.Exchange(ref _failures, 0);
        if (failures > 0)
            log.Info($"{what} works again after {failures} failed attempts.");
    }

    public TimeSpan Failed(Exception exception)
    {
        var failures = Interlocked.Increment(ref _failures);
        if (failures == 1)
            log.ErrorException($"{what} failed and will be tried again until it works.", exception);
        return TimeSpan.FromMilliseconds(Math.Min(100 * Math.Pow(2, Math.Min(failures - 1, 10)), MaxPause.TotalMilliseconds));
    }
}
