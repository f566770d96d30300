namespace OpenClaw.Data.Workflows;

/// <summary>Names of <see cref="WorkflowEvent.Kind"/>. Stored: never rename one.</summary>
public static class WorkflowEventKind
{
    public const string Enqueued = "enqueued";
    public const string StepCompleted = "step_completed";
    public const string StepFailed = "step_failed";
    public const string StepInterrupted = "step_interrupted";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string RetriesExceeded = "retries_exceeded";
    public const string CancelRequested = "cancel_requested";
    public const string Cancelled = "cancelled";
    public const string Resumed = "resumed";
    public const string Reenqueued = "reenqueued";
    public const string Forked = "forked";
}
