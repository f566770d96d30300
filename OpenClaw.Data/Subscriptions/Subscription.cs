using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Subscriptions;

/// <summary>Whom to tell of events, and up to which one they have been told.</summary>
public sealed class Subscription
{
    public required Guid Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>Where each event is posted to.</summary>
    public required string Url { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>What deliveries are signed with, encrypted.</summary>
    public required string Secret { get; init; }

    /// <summary>The one before, encrypted: deliveries are signed with it too until <see cref="FormerSecretUntil"/>.</summary>
    public string? FormerSecret { get; init; }

    public DateTimeOffset? FormerSecretUntil { get; init; }

    /// <summary>Types such as <c>workflow.failed</c>.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Names of workflows; empty for all.</summary>
    public required IReadOnlyList<string> Workflows { get; init; }

    /// <summary>Empty for all agents of the owner.</summary>
    public required IReadOnlyList<Guid> AgentIds { get; init; }

    /// <summary>Of all up to this event they have been told.</summary>
    public required long Cursor { get; init; }

    /// <summary>The last event that is for them; it is due while it is beyond the cursor.</summary>
    public required long Newest { get; init; }

    /// <summary>In a row that failed.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why the last attempt failed, for people; null since one succeeded.</summary>
    public string? LastError { get; init; }

    /// <summary>Events that the target would not have, up to 1,000: put aside, for somebody to send again.</summary>
    public IReadOnlyList<long> Refused { get; init; } = [];

    public DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>Of whoever delivers now; what another lease says is not heard.</summary>
    public Guid? Lease { get; init; }

    public DateTimeOffset? LeasedUntil { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Since when nothing is delivered any more; null while it is.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Up to where a source of events was looked through for all subscriptions.</summary>
public sealed class EventPosition
{
    public required string Source { get; init; }

    public required long Position { get; init; }
}

internal sealed class SubscriptionConfiguration : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> builder)
    {
        builder.ToTable("subscriptions");
        builder.HasKey(subscription => subscription.Id);
        builder.Property(subscription => subscription.NextAttemptAt).HasDefaultValueSql("now()");
        builder.Property(subscription => subscription.CreatedAt).HasDefaultValueSql("now()");
    }
}

internal sealed class EventPositionConfiguration : IEntityTypeConfiguration<EventPosition>
{
    public void Configure(EntityTypeBuilder<EventPosition> builder)
    {
        builder.ToTable("event_positions");
        builder.HasKey(position => position.Source);
    }
}
