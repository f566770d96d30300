namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>Thrown by a step that knows why it failed and what a retry is good for.</summary>
public sealed class StepFailedException(string code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>A stable slug for programs; the message is for people.</summary>
    public string Code { get; } = code;

    /// <summary>Trying again cannot help: the step fails for good at once.</summary>
    public bool NonRetryable { get; init; }

    /// <summary>When the other side said how long to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The other side was not there, or not ready, and has done nothing: a step that has the patience tries on beyond its attempts.</summary>
    public bool IsOutage { get; init; }

    /// <summary>The same failure, in other words.</summary>
    public StepFailedException With(string message) =>
        new(Code, message, InnerException) { NonRetryable = NonRetryable, RetryAfter = RetryAfter, IsOutage = IsOutage };
}
