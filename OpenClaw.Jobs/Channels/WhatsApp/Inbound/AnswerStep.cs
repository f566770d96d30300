using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>Puts the answer on its way, and lets the contact's next message be handled. Commits with its checkpoint.</summary>
public sealed class AnswerStep(WhatsAppOutbox outbox, WhatsAppInbox inbox, TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = context.Request<ReceiveWhatsAppRequest>().MessageId;
        var message = await db.WhatsAppMessages.SingleAsync(row => row.Id == id, cancellationToken);
        var answer = await context.OutputOfAsync<Answer>("obey", cancellationToken);
        var admission = await context.OutputOfAsync<Admission>("admit", cancellationToken);
        message.State = WhatsAppState.Handled;
        message.UpdatedAt = time.GetUtcNow();
        message.Media = WorkflowJson.Write((await context.OutputOfAsync<KeptMedia>("keep_media", cancellationToken)).Media)!;
        if (answer.Text is { Length: > 0 } text)
        {
            await outbox.SendAsync(new OutgoingText(message.Contact, text, message.Owner, answer.Key ?? $"answer:{message.Key}") { Despite = admission.Despite, IsMarked = answer.Key is not null }, db, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.LockContactAsync(message.Contact, cancellationToken);
        await inbox.BeginNextAsync(message.Contact, db, cancellationToken);
        return answer;
    }
}
