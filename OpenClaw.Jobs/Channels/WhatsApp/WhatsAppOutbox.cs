using System.Buffers.Binary;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// Puts messages to people on their way, in the caller's transaction. One message of a contact is on its way at a time, so
/// they arrive in order; when it has ended, the next one begins. All of it happens under the lock on the contact's row.
/// </summary>
public sealed class WhatsAppOutbox(WorkflowClient workflows, ContactBook book, TimeProvider time)
{
    /// <summary>WhatsApp takes no longer text, in UTF-16 units.</summary>
    public const int MaxLength = 1_600;

    /// <summary>A template's text has 1,024 characters in all (Twilio's error 63021 beyond); the rest is for the template's own words.</summary>
    public const int MaxTemplateLength = 900;

    private const int MostParts = 10;

    // A part that goes as templates is followed by its own parts.
    private const int RoomBetweenParts = 1_000;

    /// <summary>Stores a message and starts its delivery. Returns the message; the first one with that key.</summary>
    public async Task<WhatsAppMessage> SendAsync(OutgoingText text, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        var recipient = await db.LockContactAsync(text.Number, cancellationToken);
        var message = await db.WhatsAppMessages.SingleOrDefaultAsync(row => row.Direction == WhatsAppDirection.Out && row.Key == text.Key, cancellationToken)
            ?? await StorePartsAsync(text, recipient, db, cancellationToken);
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

    /// <summary>
    /// Shortens a message that is to go as template to what one takes; what is left goes as further messages right behind it.
    /// Under the lock on the contact's row, which the caller holds.
    /// </summary>
    public async Task FitTemplateAsync(WhatsAppMessage message, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        message.AsTemplate = true;
        if (message.Body.Length <= MaxTemplateLength)
        {
            return;
        }

        var parts = TextParts.Split(message.Body, MaxTemplateLength);
        var carries = message.Carries;
        (message.Body, message.Carries) = (parts[0], parts.Count == 1 ? carries : []);
        for (var i = 1; i < parts.Count; i++)
        {
            var text = new OutgoingText(message.Contact, parts[i], message.Owner, $"{message.Key}:template-{i}")
            {
                AsTemplate = true,
                Carries = i == parts.Count - 1 ? carries : [],
                Despite = message.DespiteOptOut,
                Repeats = message.Repeats,
            };
            await StoreAsync(text, Following(message.Id, i), db, cancellationToken);
        }
    }

    // A text that is too long goes as several messages; the last one stands for it.
    private async Task<WhatsAppMessage> StorePartsAsync(OutgoingText text, Subscriber recipient, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var clean = ForeignText.Clean(text.Text);
        var parts = TextParts.Split(text.IsMarked ? clean : WhatsAppText.Of(clean), MaxLength, MostParts, book.OwnerOf(recipient) is null ? RestOfText.LeftOut : RestOfText.Offer);

        // Ids that are made within one millisecond are in no order.
        var first = Guid.CreateVersion7();
        for (var i = 0; i < parts.Count - 1; i++)
        {
            var part = text with { Text = parts[i], Key = $"{text.Key}:part-{(i + 1).ToString(CultureInfo.InvariantCulture)}", Carries = [] };
            await StoreAsync(part, Following(first, i * RoomBetweenParts), db, cancellationToken);
        }

        return await StoreAsync(text with { Text = parts[^1] }, Following(first, (parts.Count - 1) * RoomBetweenParts), db, cancellationToken);
    }

    private async Task<WhatsAppMessage> StoreAsync(OutgoingText text, Guid id, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var message = new WhatsAppMessage
        {
            Id = id,
            Direction = WhatsAppDirection.Out,
            Contact = text.Number,
            Owner = text.Owner,
            Key = text.Key,
            Body = text.Text,
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
        var start = new WorkflowStart(SendNoticeWorkflow.Name, text.Owner ?? text.Number, new SendNoticeRequest(message.Id));
        message.WorkflowUuid = start.WorkflowUuid;
        db.WhatsAppMessages.Add(message);
        await db.SaveChangesAsync(cancellationToken);
        await (first ? workflows.StartAsync(start, cancellationToken) : workflows.HoldAsync(start, cancellationToken));
        return message;
    }

    // The line is in the order of the ids: the ones that follow at once are nobody else's.
    private static Guid Following(Guid id, int steps)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt128BigEndian(bytes, BinaryPrimitives.ReadUInt128BigEndian(bytes) + (UInt128)steps);
        return new Guid(bytes, bigEndian: true);
    }

    private static IQueryable<WhatsAppMessage> Line(OpenClawDbContext db, string contact) => db.WhatsAppMessages.AsNoTracking()
        .Where(message => message.Contact == contact && message.State == EF.Constant(WhatsAppState.Pending)).OrderBy(message => message.Id);
}
