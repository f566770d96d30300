namespace OpenClaw.Jobs.Engine.Ledger;

/// <summary>Another process has taken the run over; what this one still wanted to write is not written.</summary>
public sealed class LeaseLostException(StepClaim claim)
    : Exception($"The lease on workflow {claim.WorkflowUuid}, step {claim.StepName}, epoch {claim.Epoch} was taken over; this attempt wrote nothing.");
