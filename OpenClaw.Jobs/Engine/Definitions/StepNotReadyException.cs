namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>Thrown by a step whose time has not come. It is asked again later; this was no attempt and no failure.</summary>
/// <remarks>The worker is free meanwhile. A run that may wait too long for its like sets a time limit.</remarks>
public sealed class StepNotReadyException(TimeSpan retryAfter, string message) : Exception(message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
