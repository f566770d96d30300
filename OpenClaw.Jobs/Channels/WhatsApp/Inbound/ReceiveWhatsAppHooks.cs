using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>A message that could not be handled says why, tells its sender so if they are heard, and is no longer in the way.</summary>
public sealed class ReceiveWhatsAppHooks(WhatsAppOutbox outbox, WhatsAppInbox inbox) : IWorkflowHooks
{
    public async Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = IdOf(workflow);
        var message = await db.WhatsAppMessages.SingleAsync(row => row.Id == id, cancellationToken);
        message.State = WhatsAppState.Handled;
        message.Error = error.Message;
        if (message.Owner is not null && workflow.Status is not WorkflowStatus.Cancelled)
        {
            var text = $"That did not work: {error.Message}";
            await outbox.SendAsync(new OutgoingText(message.Contact, text, message.Owner, $"trouble:{message.Key}:{workflow.CompletedAt:O}"), db, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.LockContactAsync(message.Contact, cancellationToken);
        await inbox.BeginNextAsync(message.Contact, db, cancellationToken);
    }

    public async Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = IdOf(workflow);
        var message = await db.WhatsAppMessages.SingleAsync(row => row.Id == id, cancellationToken);
        message.State = WhatsAppState.Received;
        message.Error = null;
        return null;
    }

    public Task<string?> ForkingAsync(Workflow workflow, Guid fork, OpenClawDbContext db, CancellationToken cancellationToken) =>
        Task.FromResult<string?>("A command is obeyed once. Resume its workflow, or write it again.");

    private static Guid IdOf(Workflow workflow) => WorkflowJson.Read<ReceiveWhatsAppRequest>(workflow.Request).MessageId;
}
