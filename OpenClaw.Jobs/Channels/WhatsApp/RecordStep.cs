using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>Writes down what became of the message, and lets the contact's next one begin. Commits with its checkpoint.</summary>
public sealed class RecordStep(WhatsAppOutbox outbox) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = context.Request<SendNoticeRequest>().MessageId;
        var outcome = await context.OutputOfAsync<SendOutcome>("send", cancellationToken);
        if (outcome.Sent is { } sent)
        {
            await WhatsAppStatuses.MoveAsync(new StatusChange(id, sent.Sid, sent.State), db, cancellationToken);
        }

        var message = await db.WhatsAppMessages.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        await db.LockContactAsync(message.Contact, cancellationToken);
        await outbox.BeginNextAsync(message.Contact, db, cancellationToken);
        return new { message.State, message.Sid };
    }
}
