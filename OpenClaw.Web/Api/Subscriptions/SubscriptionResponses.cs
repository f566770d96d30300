using OpenClaw.Data.Subscriptions;

namespace OpenClaw.Web.Api.Subscriptions;

/// <param name="Id">Names it.</param>
/// <param name="Url">Where events are posted to.</param>
/// <param name="State">active; failing while its target does not take what it is sent; disabled when that was so for three days, or it answered 410.</param>
/// <param name="Events">Types that it is told of.</param>
/// <param name="Workflows">Names of workflows; empty for all.</param>
/// <param name="Agents">Ids of agents; empty for all.</param>
/// <param name="Cursor">Of all up to this sequence it has been told.</param>
/// <param name="Attempts">In a row that failed.</param>
/// <param name="FailingSince">Since when; null when it does not fail.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="Refused">Sequences of events that the target would not have, oldest first.</param>
/// <param name="NextAttemptAt">When it is tried again; null when it does not fail, or is disabled.</param>
/// <param name="DeliveredAt">When an event was last taken.</param>
/// <param name="DisabledAt">Since when nothing is sent; replay makes it go on.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
public record SubscriptionResponse(
    Guid Id, string Url, string State, IReadOnlyList<string> Events, IReadOnlyList<string> Workflows, IReadOnlyList<Guid> Agents, long Cursor, int Attempts, DateTimeOffset? FailingSince,
    string? LastError, IReadOnlyList<long> Refused, DateTimeOffset? NextAttemptAt, DateTimeOffset? DeliveredAt, DateTimeOffset? DisabledAt, string CreatedBy, DateTimeOffset CreatedAt)
{
    internal static SubscriptionResponse From(Subscription row) => new(
        row.Id, row.Url, row.DisabledAt is not null ? "disabled" : row.Attempts > 0 ? "failing" : "active", row.Events, row.Workflows, row.AgentIds, row.Cursor, row.Attempts, row.FailingSince,
        row.LastError, row.Refused, row.Attempts > 0 && row.DisabledAt is null ? row.NextAttemptAt : null, row.DeliveredAt, row.DisabledAt, row.CreatedBy, row.CreatedAt);
}

/// <summary>A subscription with its secret, which is told this once.</summary>
public sealed record NewSubscriptionResponse : SubscriptionResponse
{
    private NewSubscriptionResponse(SubscriptionResponse known, string secret)
        : base(known) => Secret = secret;

    /// <summary>What the receiver checks signatures with, as libraries of Standard Webhooks take it; it cannot be read again.</summary>
    public string Secret { get; }

    internal static NewSubscriptionResponse From((Subscription Subscription, string Secret) made) => new(SubscriptionResponse.From(made.Subscription), made.Secret);
}

/// <param name="Subscriptions">In the order in which they were made, up to 100.</param>
/// <param name="Next">Give it as after for the next page; null on the last one.</param>
public sealed record SubscriptionListResponse(IReadOnlyList<SubscriptionResponse> Subscriptions, Guid? Next);
