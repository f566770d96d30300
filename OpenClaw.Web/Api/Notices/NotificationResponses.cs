using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Notices;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Notices;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Notices;

/// <summary>Something that the owner was told, or is to be told.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Event">What happened.</param>
/// <param name="Text">As it is told.</param>
/// <param name="AgentId">Which agent it is about.</param>
/// <param name="State">Parked until it may be told, accepted when it is on its way, delivered, or dead.</param>
/// <param name="StateReason">Why it is parked or dead.</param>
/// <param name="WorkflowUuid">Its delivery.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="DeliveredAt">When it was handed over.</param>
/// <param name="AckedAt">When it was on the owner's phone.</param>
public sealed record NotificationResponse(
    Guid Id, string? Event, string Text, Guid? AgentId, MessageState State, string? StateReason, Guid? WorkflowUuid,
    DateTimeOffset CreatedAt, DateTimeOffset? DeliveredAt, DateTimeOffset? AckedAt)
{
    internal static NotificationResponse From(Message notice) => new(
        notice.Id, OwnerNotifier.EventOf(notice.Metadata), notice.Content, notice.AgentId,
        notice.State, notice.StateReason, notice.WorkflowUuid, notice.CreatedAt, notice.DeliveredAt, notice.AckedAt);
}

/// <param name="Sending">How messages go out, or that they are recorded only.</param>
/// <param name="Notifications">Newest first.</param>
/// <param name="NextCursor">The cursor of the next page; null after the last one.</param>
public sealed record NotificationListResponse(string Sending, IReadOnlyList<NotificationResponse> Notifications, Guid? NextCursor)
{
    internal static NotificationListResponse From(IWhatsAppSender sender, IReadOnlyList<Message> page, int limit) =>
        new(sender.Description, [.. page.Select(NotificationResponse.From)], page.Count == limit ? page[^1].Id : null);
}

/// <summary>What the owner wants to be told of, and when.</summary>
/// <param name="Events">Kinds of events; null for all.</param>
/// <param name="QuietFrom">With quiet_until: between these times of day (HH:MM) what happens waits for the second one.</param>
/// <param name="QuietUntil">See quiet_from.</param>
/// <param name="TimeZone">Of the quiet hours, such as Europe/Berlin.</param>
/// <param name="DigestAfter">After so many messages within a minute what comes is told as one.</param>
/// <param name="MutedUntil">What happens until then is told afterwards.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NotificationRulesBody(string?[]? Events, string? QuietFrom, string? QuietUntil, string? TimeZone, int? DigestAfter, DateTimeOffset? MutedUntil)
{
    internal NoticeRulesDraft ToDraft() => new(Events, QuietFrom, QuietUntil, TimeZone, DigestAfter, MutedUntil);

    internal static NotificationRulesBody From(NoticeRules rules) =>
        new(rules.Events, rules.QuietFrom?.ToString("HH:mm"), rules.QuietUntil?.ToString("HH:mm"), rules.TimeZone, rules.DigestAfter, rules.MutedUntil);
}

/// <summary>Somebody on WhatsApp.</summary>
/// <param name="Number">E.164.</param>
/// <param name="Name">As they call themselves there.</param>
/// <param name="Owner">For whom they act; null for a stranger.</param>
/// <param name="LastInboundAt">When they wrote last; free text may be sent within a day of it.</param>
/// <param name="OptedOutAt">Since when they want no messages.</param>
public sealed record ContactResponse(string Number, string? Name, string? Owner, DateTimeOffset? LastInboundAt, DateTimeOffset? OptedOutAt)
{
    internal static ContactResponse From((Contact Contact, string? Owner) pair) =>
        new(pair.Contact.Number, pair.Contact.Name, pair.Owner, pair.Contact.LastInboundAt, pair.Contact.OptedOutAt);
}

/// <param name="Contacts">The last one heard of first.</param>
public sealed record ContactListResponse(IReadOnlyList<ContactResponse> Contacts);

/// <summary>A message on WhatsApp.</summary>
public sealed record WhatsAppMessageResponse(
    Guid Id, WhatsAppDirection Direction, string Contact, string Body, JsonElement? Media, WhatsAppState State, bool AsTemplate, string? Sid, int? ErrorCode, string? Error,
    Guid? WorkflowUuid, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static WhatsAppMessageResponse From(WhatsAppMessage message) => new(
        message.Id, message.Direction, message.Contact, message.Body, RawJson.Parse(message.Media), message.State, message.AsTemplate, message.Sid, message.ErrorCode, message.Error,
        message.WorkflowUuid, message.CreatedAt, message.UpdatedAt);
}

/// <param name="Messages">Newest first.</param>
/// <param name="NextCursor">The cursor of the next page; null after the last one.</param>
public sealed record ConversationResponse(IReadOnlyList<WhatsAppMessageResponse> Messages, Guid? NextCursor)
{
    internal static ConversationResponse From(IReadOnlyList<WhatsAppMessage> page, int limit) =>
        new([.. page.Select(WhatsAppMessageResponse.From)], page.Count == limit ? page[^1].Id : null);
}
