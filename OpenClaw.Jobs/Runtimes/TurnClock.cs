using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>Ends a turn whose time is over.</summary>
public static class TurnClock
{
    /// <summary>The code of the failure.</summary>
    public const string TimedOut = "turn_timed_out";

    /// <exception cref="StepFailedException">It took longer than it may.</exception>
    public static async Task<T> RunAsync<T>(TurnLimits limits, TimeProvider time, Func<CancellationToken, Task<T>> turn, CancellationToken cancellationToken)
    {
        using var longest = new CancellationTokenSource(limits.Longest, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, longest.Token);
        try
        {
            return await turn(deadline.Token);
        }
        catch (OperationCanceledException) when (longest.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Once more would take as long, and be paid again.
            throw new StepFailedException(TimedOut, limits.WhyEnded) { NonRetryable = true };
        }
    }
}
