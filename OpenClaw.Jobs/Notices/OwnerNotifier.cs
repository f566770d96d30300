using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;

namespace OpenClaw.Jobs.Notices;

/// <summary>
/// Tells owners what happens to their agents. A notice is a message to <c>owner:{owner}</c>, written in the caller's
/// transaction; whether, when and where to it is sent is decided afterwards, by the owner's rules.
/// </summary>
public sealed class OwnerNotifier(TimeProvider time)
{
    /// <summary>Why a notice waits that nobody has looked at yet.</summary>
    public const string Waiting = "It waits for a WhatsApp number of its owner.";

    /// <summary>A notice's place among all that subscriptions are told of.</summary>
    internal const string NextEventSql = "nextval('openclaw_system.workflow_events_seq_seq')";

    private static readonly TimeSpan TimeToLive = TimeSpan.FromDays(7);

    /// <summary>Writes the notice; the same sender and key are one notice. Returns whether it is new.</summary>
    public async Task<bool> NotifyAsync(OwnerNotice notice, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var sender = notice.AgentId is { } agent ? Addresses.OfAgent(agent) : Addresses.Service;
        var text = ForeignText.Clean(NoticeTexts.Write(notice), MessageRules.MaxContentLength);
        var now = time.GetUtcNow();
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO openclaw_system.notifications
                (id, message_id, owner, sender, recipient, agent_id, content, metadata, state, state_reason, created_at, expires_at, event_sequence)
            VALUES ({Guid.CreateVersion7(now)}, {notice.Key}, {notice.Owner}, {sender}, {Addresses.OfOwner(notice.Owner)}, {notice.AgentId}, {text},
                {Metadata(notice.Event)}::jsonb, 'parked', {Waiting}, {now}, {now + TimeToLive}, nextval('openclaw_system.workflow_events_seq_seq'))
            ON CONFLICT (sender, message_id) DO NOTHING
            """,
            cancellationToken) == 1;
    }

    /// <summary>What the notice tells of, by its metadata; null when that does not say.</summary>
    public static string? EventOf(string metadata)
    {
        // Agents and clients write notices too, with metadata of their own.
        using var parsed = JsonDocument.Parse(metadata);
        return parsed.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("event", out var what) && what.ValueKind is JsonValueKind.String
            ? what.GetString()
            : null;
    }

    /// <summary>The metadata of a notice, JSON.</summary>
    internal static string Metadata(NoticeEvent what) => JsonSerializer.Serialize(new { kind = "alert", @event = EnumText.ToLower(what) });
}
