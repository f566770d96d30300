using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.WhatsApp;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// Moves messages on, and never back, whatever order the news come in: pending, queued, sent, delivered, read; undelivered and
/// failed are final. What a message carries follows it.
/// </summary>
public sealed class WhatsAppStatuses(WhatsAppOutbox outbox, IWhatsAppSender sender)
{
    private const int MostRepeats = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    private static readonly string[] Order = ["pending", "queued", "sent", "delivered", "read", "undelivered", "failed", "recorded"];

    /// <summary>Takes what Twilio tells of a message. Returns whether it was news.</summary>
    public async Task<bool> ApplyAsync(StatusChange change, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (await MoveAsync(change, db, cancellationToken) is not { } message)
        {
            return false;
        }

        if (change.ErrorCode is { } code && message.State is WhatsAppState.Failed or WhatsAppState.Undelivered)
        {
            await ReactAsync(message, code, db, cancellationToken);
        }

        return true;
    }

    /// <summary>Writes down where a message is now; null when it was there, or further, already.</summary>
    public static async Task<WhatsAppMessage?> MoveAsync(StatusChange change, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var state = EnumText.ToLower(change.State);
        var moved = await db.WhatsAppMessages.FromSql(
            $"""
            UPDATE openclaw.whatsapp_messages
            SET state = {state}, sid = coalesce(sid, {change.Sid}), error_code = coalesce({change.ErrorCode}, error_code), error = coalesce({change.Error}, error), updated_at = now()
            WHERE direction = 'out' AND (sid = {change.Sid} OR (id = {change.Id} AND (sid IS NULL OR {change.Sid}::text IS NULL)))
              AND state NOT IN ('undelivered', 'failed', 'recorded') AND array_position({Order}, state) < array_position({Order}, {state})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        if (moved is not [var message])
        {
            return null;
        }

        await FollowAsync(message, db, cancellationToken);
        return message;
    }

    // Handed over counts as delivered, and read or shown on the phone as acknowledged. Of several numbers one that has it is enough.
    private static Task FollowAsync(WhatsAppMessage message, OpenClawDbContext db, CancellationToken cancellationToken) => message.State switch
    {
        _ when message.Carries.Length == 0 => Task.CompletedTask,
        WhatsAppState.Failed or WhatsAppState.Undelivered => db.Database.ExecuteSqlAsync(
            $"""
            UPDATE openclaw_system.notifications SET state = 'dead', state_reason = {message.Error ?? "WhatsApp did not deliver it."}
            WHERE id = ANY ({message.Carries}) AND acked_at IS NULL AND state IN ('accepted', 'delivered')
            """,
            cancellationToken),
        WhatsAppState.Delivered or WhatsAppState.Read => db.Database.ExecuteSqlAsync(
            $"""
            UPDATE openclaw_system.notifications
            SET state = 'delivered', state_reason = NULL, delivered_at = coalesce(delivered_at, now()), acked_at = coalesce(acked_at, now())
            WHERE id = ANY ({message.Carries})
            """,
            cancellationToken),
        _ => db.Database.ExecuteSqlAsync(
            $"""
            UPDATE openclaw_system.notifications SET state = 'delivered', state_reason = NULL, attempts = attempts + 1, delivered_at = coalesce(delivered_at, now())
            WHERE id = ANY ({message.Carries}) AND state IN ('accepted', 'dead')
            """,
            cancellationToken),
    };

    // Twilio accepts some messages first and says afterwards what it thinks of them.
    private async Task ReactAsync(WhatsAppMessage message, int code, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        switch (TwilioErrors.Classify(code))
        {
            case WhatsAppError.NeedsTemplate when sender.HasTemplate && !message.AsTemplate:
                await RepeatAsync(message, asTemplate: true, TimeSpan.Zero, db, cancellationToken);
                break;
            case WhatsAppError.Retry when message.Repeats < MostRepeats:
                await RepeatAsync(message, message.AsTemplate, FirstPause * Math.Pow(2, message.Repeats), db, cancellationToken);
                break;
            case WhatsAppError.OptedOut:
                (await db.LockContactAsync(message.Contact, cancellationToken)).OptedOutAt ??= message.UpdatedAt;
                break;
        }
    }

    private async Task RepeatAsync(WhatsAppMessage message, bool asTemplate, TimeSpan delay, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        await outbox.SendAsync(
            new OutgoingText(message.Contact, message.Body, message.Owner, $"{message.Id}:again")
            {
                Carries = message.Carries,
                AsTemplate = asTemplate,
                IsMarked = true,
                Repeats = message.Repeats + 1,
                Delay = delay,
            },
            db,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE openclaw_system.notifications SET state = 'accepted', state_reason = NULL WHERE id = ANY ({message.Carries}) AND state = 'dead'", cancellationToken);
    }
}

/// <summary>News of a message of ours.</summary>
/// <param name="Id">Our id, where it is known.</param>
/// <param name="Sid">Twilio's, where it is known.</param>
/// <param name="State">Where the message is.</param>
/// <param name="ErrorCode">Twilio's code of what went wrong.</param>
/// <param name="Error">The same for people.</param>
public sealed record StatusChange(Guid? Id, string? Sid, WhatsAppState State, int? ErrorCode = null, string? Error = null);
