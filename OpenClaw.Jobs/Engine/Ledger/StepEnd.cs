namespace OpenClaw.Jobs.Engine.Ledger;

/// <summary>How the step that a run had come to stood when the run ended before its last one.</summary>
internal enum StepEnd
{
    /// <summary>It was at work, or nothing is known of it: its attempt counts, and is no failure.</summary>
    Stopped,

    /// <summary>It failed: attempt and failure count.</summary>
    Failed,

    /// <summary>It was claimed and did not begin, because the run was cancelled or late: the attempt does not count.</summary>
    NeverBegan,
}
