namespace OpenClaw.Jobs.Engine;

/// <summary>What runs are asked for by: a status, or statuses that mean the same to a person.</summary>
public enum WorkflowStanding
{
    /// <summary>Enqueued or pending.</summary>
    Open,

    /// <summary>Ended without success and without having been cancelled.</summary>
    Failed,

    Enqueued,
    Pending,
    Success,
    Error,
    Cancelled,
    RetriesExceeded,
}
