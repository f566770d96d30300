namespace OpenClaw.Jobs.Engine.Ledger;

/// <summary>What a process has done under a claim.</summary>
/// <param name="Claim">Its right to write.</param>
/// <param name="Outputs">JSON, of the claimed step and of those after it that ran with it.</param>
/// <param name="Last">The last of them is the run's last.</param>
/// <param name="StartNext">The process goes on with the next step, and keeps the lease.</param>
public sealed record Checkpoint(StepClaim Claim, IReadOnlyList<string?> Outputs, bool Last, bool StartNext);

/// <param name="Written">False when the lease is somebody else's by now.</param>
/// <param name="Next">The claim on the next step, if it was to be started.</param>
/// <param name="CancelRequested">Somebody wants the run cancelled.</param>
public sealed record CheckpointOutcome(bool Written, StepClaim? Next, bool CancelRequested);
