using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>Hears of every move of a run on this node, right after it (telemetry, waiting callers, live views).</summary>
public interface IWorkflowObserver
{
    void On(StepMoment moment, StepClaim claim);
}

/// <summary>The instants of a step that an observer hears of.</summary>
public enum StepMoment
{
    /// <summary>The start is counted and committed; the step's code has not run.</summary>
    Claimed,

    /// <summary>The step's code has run; nothing of it is committed.</summary>
    Executed,

    /// <summary>Effect and checkpoint are committed; Hangfire doesn't know yet.</summary>
    Checkpointed,

    /// <summary>The last step is checkpointed: the run has succeeded.</summary>
    Succeeded,

    /// <summary>The run has ended without success.</summary>
    Ended,
}
