namespace OpenClaw.Jobs.Subscriptions;

/// <summary>A subscription that this node alone delivers to until its lease ends.</summary>
internal sealed record DueSubscription(
    Guid Id, Guid Lease, string Owner, Uri Url, string Secret, string[] Events, string[] Workflows, Guid[] AgentIds, long Cursor, long Newest, int Attempts, DateTimeOffset? FailingSince);

/// <summary>The end of a run, as subscriptions are told of it.</summary>
internal sealed record RunEnd(long Seq, string Kind, DateTimeOffset At, string Actor, string? Reason, Guid Workflow, string Name, Guid? AgentId);
