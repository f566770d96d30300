namespace OpenClaw.Data.Workflows;

/// <summary>How the steps of a run reach the engine.</summary>
public enum WorkflowMode
{
    /// <summary>Each step is a job of its own, chained to the one before: few runs, watched by people.</summary>
    Chained,

    /// <summary>A runner runs all the steps in order, beside those of many other runs.</summary>
    Inline,
}
