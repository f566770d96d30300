using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>
/// Stores what people write, and starts its handling in the same transaction; the same MessageSid is one message. What one
/// contact writes is handled in order, one message at a time.
/// </summary>
public sealed class WhatsAppInbox(WorkflowClient workflows, ContactBook book, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    /// <summary>It is durable when this returns. False for one that was stored before.</summary>
    public async Task<bool> AcceptAsync(InboundText text, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var subscriber = await db.LockContactAsync(text.Number, cancellationToken);
        if (await db.WhatsAppMessages.AnyAsync(row => row.Direction == WhatsAppDirection.In && row.Key == text.Sid, cancellationToken))
        {
            transaction.Complete();
            return false;
        }

        var now = time.GetUtcNow();
        subscriber.Contact.LastInboundAt = now;
        subscriber.Contact.Name = text.Name ?? subscriber.Contact.Name;
        await StoreAsync(text, subscriber, now, db, cancellationToken);
        transaction.Complete();
        return true;
    }

    /// <summary>Lets the contact's next message be handled, now that the one before is no longer open in the database.</summary>
    public async Task BeginNextAsync(string contact, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (await Line(db, contact).FirstOrDefaultAsync(cancellationToken) is { WorkflowUuid: { } held })
        {
            await workflows.ReleaseAsync(held, cancellationToken);
        }
    }

    private async Task StoreAsync(InboundText text, Subscriber subscriber, DateTimeOffset now, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var owner = book.OwnerOf(subscriber);
        var message = new WhatsAppMessage
        {
            Id = Guid.CreateVersion7(now),
            Direction = WhatsAppDirection.In,
            Contact = text.Number,
            Owner = owner,
            Key = text.Sid,
            Sid = text.Sid,
            Body = text.Text,
            Media = WorkflowJson.Write(text.Media)!,
            State = text.IsReaction ? WhatsAppState.Handled : WhatsAppState.Received,
            DueAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (text.IsReaction)
        {
            db.WhatsAppMessages.Add(message);
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        var first = !await Line(db, text.Number).AnyAsync(cancellationToken);
        var start = new WorkflowStart(ReceiveWhatsAppWorkflow.Name, owner ?? text.Number, new ReceiveWhatsAppRequest(message.Id));
        message.WorkflowUuid = start.WorkflowUuid;
        db.WhatsAppMessages.Add(message);
        await db.SaveChangesAsync(cancellationToken);
        await (first ? workflows.StartAsync(start, cancellationToken) : workflows.HoldAsync(start, cancellationToken));
    }

    private static IQueryable<WhatsAppMessage> Line(OpenClawDbContext db, string contact) => db.WhatsAppMessages.AsNoTracking()
        .Where(message => message.Contact == contact && message.State == EF.Constant(WhatsAppState.Received)).OrderBy(message => message.Id);
}
