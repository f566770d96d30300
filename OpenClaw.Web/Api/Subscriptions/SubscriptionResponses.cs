using OpenClaw.Data.Subscriptions;
using OpenClaw.Jobs.Subscriptions;

namespace OpenClaw.Web.Api.Subscriptions;

/// <param name="Id">Names it.</param>
/// <param name="Url">Where events are posted to, or mailto: with an address of ALERT_EMAIL_TO.</param>
/// <param name="Description">For people.</param>
/// <param name="State">active; failing while its target does not take what it is sent; disabled when that was so for three days, it answered 410, or somebody wanted it so.</param>
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
/// <param name="DisabledAt">Since when nothing is sent; enabled: true, or replay, makes it go on.</param>
/// <param name="FormerSecretUntil">Until when deliveries are signed with the secret before the newest too; null when it was not replaced within a day.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
public record SubscriptionResponse(
    Guid Id, string Url, string? Description, string State, IReadOnlyList<string> Events, IReadOnlyList<string> Workflows, IReadOnlyList<Guid> Agents, long Cursor, int Attempts, DateTimeOffset? FailingSince,
    string? LastError, IReadOnlyList<long> Refused, DateTimeOffset? NextAttemptAt, DateTimeOffset? DeliveredAt, DateTimeOffset? DisabledAt, DateTimeOffset? FormerSecretUntil, string CreatedBy, DateTimeOffset CreatedAt)
{
    internal static SubscriptionResponse From(Subscription row) => new(
        row.Id, row.Url, row.Description, row.DisabledAt is not null ? "disabled" : row.Attempts > 0 ? "failing" : "active", row.Events, row.Workflows, row.AgentIds, row.Cursor, row.Attempts, row.FailingSince,
        row.LastError, row.Refused, row.Attempts > 0 && row.DisabledAt is null ? row.NextAttemptAt : null, row.DeliveredAt, row.DisabledAt, row.FormerSecretUntil, row.CreatedBy, row.CreatedAt);
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

/// <param name="Delivered">Whether the target took it, as it would an event.</param>
/// <param name="Status">The HTTP status that it answered; null when it did not, and of an e-mail.</param>
/// <param name="TookMs">Milliseconds until its answer began, or it was given up.</param>
/// <param name="Answer">The first 1,000 bytes of its answer.</param>
/// <param name="Error">Why it was not taken; null when it was.</param>
public sealed record SubscriptionTestResponse(bool Delivered, int? Status, long TookMs, string Answer, string? Error)
{
    internal static SubscriptionTestResponse From(TargetAnswer answer) => new(answer.Why is null, answer.Status, (long)answer.Took.TotalMilliseconds, answer.Text, answer.Why);
}
