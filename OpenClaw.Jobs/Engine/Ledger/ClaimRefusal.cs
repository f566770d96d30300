namespace OpenClaw.Jobs.Engine.Ledger;

/// <summary>Why a job may not run its step now.</summary>
public enum ClaimRefusal
{
    /// <summary>The step has its output already: the job came twice.</summary>
    Done,

    /// <summary>Another process runs the workflow, or an earlier step is not done yet: come back later.</summary>
    NotNow,

    /// <summary>The workflow is to be cancelled, and nobody holds it.</summary>
    CancelRequested,

    /// <summary>The workflow ended without success.</summary>
    Ended,

    /// <summary>The workflow was cancelled.</summary>
    Cancelled,

    /// <summary>The ledger knows no such workflow or step.</summary>
    Unknown,

    /// <summary>The step was under way when its process died, more than once; it rests, so that it is started apart from others.</summary>
    Interrupted,
}

/// <summary>A claim that was not granted.</summary>
/// <param name="Why">Why not.</param>
/// <param name="Rests">How long the step rests yet.</param>
public readonly record struct RefusedClaim(ClaimRefusal Why, TimeSpan Rests);
