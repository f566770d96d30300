namespace OpenClaw.Data.Workflows;

/// <summary>Where a run stands. The names are those of the DBOS version, upper-cased in SQL and JSON.</summary>
public enum WorkflowStatus
{
    /// <summary>Accepted; no step has started.</summary>
    Enqueued,

    /// <summary>Under way, running a step or waiting for the next attempt.</summary>
    Pending,

    Success,

    /// <summary>A step failed for good. Resume continues from that step.</summary>
    Error,

    Cancelled,

    /// <summary>A step took its process down too often. Resume tries it again.</summary>
    RetriesExceeded,
}
