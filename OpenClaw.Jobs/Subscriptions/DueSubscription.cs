using OpenClaw.Data.Subscriptions;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>A subscription that this node alone delivers to until its lease ends.</summary>
internal sealed record DueSubscription(
    Guid Id, Guid Lease, string Owner, Uri Url, string Secret, string[] Events, string[] Workflows, Guid[] AgentIds, long Cursor, long Newest, int Attempts, DateTimeOffset? FailingSince)
{
    /// <summary>Deliveries are signed with it too; null for none.</summary>
    public string? FormerSecret { get; init; }

    /// <summary>What is sent now, out of turn.</summary>
    /// <param name="row">To whom.</param>
    /// <param name="after">Of what comes after this event.</param>
    /// <param name="upTo">Up to this one.</param>
    /// <param name="now">Says whether the former secret holds.</param>
    public static DueSubscription At(Subscription row, long after, long upTo, DateTimeOffset now) =>
        new(row.Id, Guid.Empty, row.Owner, new Uri(row.Url), row.Secret, [.. row.Events], [.. row.Workflows], [.. row.AgentIds], after, upTo, 0, null)
        {
            FormerSecret = row.FormerSecretUntil > now ? row.FormerSecret : null,
        };
}

/// <summary>An attempt that failed.</summary>
/// <param name="Why">For people.</param>
internal sealed record DeliveryFault(string Why)
{
    /// <summary>The target says that it is gone for good.</summary>
    public bool IsGone { get; init; }

    /// <summary>The target does not want this one event; it may take the next.</summary>
    public bool IsOfThisEvent { get; init; }
}

/// <summary>What subscriptions are told of: the end of a run, or what its owner was told.</summary>
/// <param name="Seq">Its place among all events.</param>
/// <param name="Type">Such as <c>workflow.failed</c> or <c>notice.budget_near</c>.</param>
/// <param name="At">When.</param>
/// <param name="AgentId">Whom it is about; null for what is about no agent.</param>
/// <param name="Run">Of the end of a run.</param>
/// <param name="Notice">Of what an owner was told.</param>
internal sealed record SubscribedEvent(long Seq, string Type, DateTimeOffset At, Guid? AgentId, RunEnd? Run, SentNotice? Notice);

internal sealed record RunEnd(Guid Workflow, string Name, string Actor, string? Reason);

internal sealed record SentNotice(Guid Id, string Text);
