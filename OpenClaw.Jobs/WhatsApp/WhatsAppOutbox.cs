using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Workflows;

namespace OpenClaw.Jobs.WhatsApp;

/// <summary>
/// Puts messages to people on their way, in the caller's transaction. One message of a contact is on its way at a time, so
/// they arrive in order; when it has ended, the next one begins. All of it happens under the lock on the contact's row.
/// </summary>
public sealed class WhatsAppOutbox(WorkflowClient workflows, TimeProvider time)
{
    /// <summary>WhatsApp takes no longer text.</summary>
    public const int MaxLength = 1_600;

    private const int MostParts = 10;

    /// <summary>Stores a message and starts its delivery. Returns the message; the first one with that key.</summary>
    public async Task<WhatsAppMessage> SendAsync(OutgoingText text, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await db.LockContactAsync(text.Number, cancellationToken);
        var message = await db.WhatsAppMessages.SingleOrDefaultAsync(row => row.Direction == WhatsAppDirection.Out && row.Key == text.Key, cancellationToken)
            ?? await StorePartsAsync(text, db, cancellationToken);
        transaction.Complete();
        return message;
    }

    /// <summary>Lets the contact's next message begin, now that the one before is no longer pending in the database.</summary>
    public async Task BeginNextAsync(string contact, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (await Line(db, contact).FirstOrDefaultAsync(cancellationToken) is { WorkflowUuid: { } held })
        {
            await workflows.ReleaseAsync(held, cancellationToken);
        }
    }

    // A text that is too long goes as several messages; the last one stands for it.
    private async Task<WhatsAppMessage> StorePartsAsync(OutgoingText text, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var parts = TextParts.Split(text.Text, MaxLength, MostParts);
        for (var i = 0; i < parts.Count - 1; i++)
        {
            await StoreAsync(text with { Text = parts[i], Key = $"{text.Key}:part-{i + 1}", Carries = [] }, db, cancellationToken);
        }

        return await StoreAsync(text with { Text = parts[^1] }, db, cancellationToken);
    }

    private async Task<WhatsAppMessage> StoreAsync(OutgoingText text, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var message = new WhatsAppMessage
        {
            Id = Guid.CreateVersion7(),
            Direction = WhatsAppDirection.Out,
            Contact = text.Number,
            Owner = text.Owner,
            Key = text.Key,
            Body = text.Text.Replace("\0", "", StringComparison.Ordinal),
            State = WhatsAppState.Pending,
            AsTemplate = text.AsTemplate,
            DespiteOptOut = text.Despite,
            Repeats = text.Repeats,
            Carries = text.Carries,
            DueAt = now + text.Delay,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var first = !await Line(db, text.Number).AnyAsync(cancellationToken);
        var start = new WorkflowStart(SendNotificationWorkflow.Name, text.Owner ?? text.Number, new SendNotificationRequest(message.Id));
        message.WorkflowUuid = start.WorkflowUuid;
        db.WhatsAppMessages.Add(message);
        await db.SaveChangesAsync(cancellationToken);
        await (first ? workflows.StartAsync(start, cancellationToken) : workflows.HoldAsync(start, cancellationToken));
        return message;
    }

    private static IQueryable<WhatsAppMessage> Line(OpenClawDbContext db, string contact) => db.WhatsAppMessages.AsNoTracking()
        .Where(message => message.Contact == contact && message.State == EF.Constant(WhatsAppState.Pending)).OrderBy(message => message.Id);
}
