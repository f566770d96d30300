namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>How often a failed step is tried again, and after how long.</summary>
/// <param name="MaxAttempts">Attempts in all, the first included.</param>
/// <param name="FirstDelay">Before the second attempt; doubled before each further one.</param>
/// <param name="MaxDelay">No wait is longer, jitter aside.</param>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstDelay, TimeSpan MaxDelay)
{
    /// <summary>
    /// For so long from its first failure a step is tried whose other side is not there (<see cref="StepFailedException.IsOutage"/>),
    /// however many attempts that takes; zero when attempts alone count.
    /// </summary>
    public TimeSpan Patience { get; init; }

    public static readonly RetryPolicy Default = new(5, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    /// <summary>The wait after the given number of failed attempts: exponential, with up to a quarter of jitter on top.</summary>
    /// <param name="failures">Failed attempts so far, from 1.</param>
    /// <param name="jitter">From 0 to 1, drawn by the caller.</param>
    public TimeSpan DelayAfter(int failures, double jitter)
    {
        var exponential = FirstDelay * Math.Pow(2, Math.Min(failures - 1, 30));
        return (exponential < MaxDelay ? exponential : MaxDelay) * (1 + jitter / 4);
    }
}
