namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>How the runner tells <see cref="StepOutcomeFilter"/> which state the Hangfire job goes to.</summary>
public abstract class StepOutcomeException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>The attempt failed and is recorded; the job runs again after <paramref name="delay"/>.</summary>
public sealed class StepRetryException(TimeSpan delay, int attempt, int maxRetries, Exception failure) : StepOutcomeException(failure.Message, failure)
{
    public TimeSpan Delay => delay;

    public int Attempt => attempt;

    public int MaxRetries => maxRetries;
}

/// <summary>It is not this job's turn; it asks again after <paramref name="delay"/>.</summary>
public sealed class StepDeferredException(TimeSpan delay, string reason) : StepOutcomeException(reason)
{
    public TimeSpan Delay => delay;
}

/// <summary>The workflow was cancelled; what is left of its chain goes.</summary>
public sealed class WorkflowCancelledException(string reason) : StepOutcomeException(reason);

/// <summary>The workflow failed at this step. Requeue of the job resumes it.</summary>
public sealed class WorkflowFailedException(string message, Exception? failure = null) : StepOutcomeException(message, failure);
