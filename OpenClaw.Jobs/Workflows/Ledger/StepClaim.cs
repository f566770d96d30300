namespace OpenClaw.Jobs.Workflows.Ledger;

/// <summary>The right to run one step once: what the ledger gave to this process, fenced by <paramref name="Epoch"/>.</summary>
public sealed record StepClaim(
    Guid WorkflowUuid,
    string WorkflowName,
    int WorkflowVersion,
    Guid? AgentId,
    string Owner,
    string Request,
    string? Traceparent,
    int StepIndex,
    string StepName,
    int Attempt,
    int Failures,
    int Epoch,
    string JobId)
{
    /// <summary>Earlier starts that neither completed nor failed: their process died meanwhile.</summary>
    public int Interruptions => Attempt - Failures - 1;
}
