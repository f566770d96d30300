namespace OpenClaw.Jobs.SqlDoor;

/// <summary>What another program on the same database has asked for, and committed.</summary>
/// <param name="Id">By which its answer is found.</param>
/// <param name="Role">Who asked.</param>
/// <param name="Kind"><c>send</c> or <c>start_workflow</c>.</param>
/// <param name="AgentId">Of whom.</param>
/// <param name="Owner">Whose that agent is.</param>
/// <param name="Content">The message, or the workflow's name.</param>
internal sealed record SqlRequest(Guid Id, string Role, string Kind, Guid AgentId, string Owner, string Content);

/// <summary>What became of it when it was taken.</summary>
/// <param name="MessageId">The message that it is; null for none.</param>
/// <param name="WorkflowUuid">The workflow that works on it; null for none, or none yet.</param>
/// <param name="Refusal">Why it was not taken, as a sentence; null when it was.</param>
internal sealed record SqlOutcome(Guid? MessageId, Guid? WorkflowUuid, string? Refusal);
