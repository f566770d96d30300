using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>A message that could not be sent says why, and is no longer in the way of the next one.</summary>
public sealed class SendNoticeHooks(WhatsAppOutbox outbox) : IWorkflowHooks
{
    private const string TwilioCode = "twilio_";

    public async Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = IdOf(workflow);
        var code = error.Code.StartsWith(TwilioCode, StringComparison.Ordinal) && int.TryParse(error.Code.AsSpan(TwilioCode.Length), out var number) ? number : (int?)null;
        await WhatsAppStatuses.MoveAsync(new StatusChange(id, Sid: null, WhatsAppState.Failed, code, error.Message), db, cancellationToken);
        var message = await db.WhatsAppMessages.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var contact = await db.LockContactAsync(message.Contact, cancellationToken);
        if (code is { } known && TwilioErrors.Classify(known) is WhatsAppError.OptedOut)
        {
            contact.OptedOutAt ??= message.UpdatedAt;
        }

        await outbox.BeginNextAsync(message.Contact, db, cancellationToken);
    }

    // What was tried stays tried: Twilio is asked before it is sent again.
    public async Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = IdOf(workflow);
        var message = await db.WhatsAppMessages.SingleAsync(row => row.Id == id, cancellationToken);
        if (message.State is not WhatsAppState.Failed || message.Sid is not null)
        {
            return "The message has been sent.";
        }

        message.State = WhatsAppState.Pending;
        message.Error = null;
        message.ErrorCode = null;
        return null;
    }

    public Task<string?> ForkingAsync(Workflow workflow, Guid fork, OpenClawDbContext db, CancellationToken cancellationToken) =>
        Task.FromResult<string?>("A message is sent once. Resume its workflow instead.");

    private static Guid IdOf(Workflow workflow) => WorkflowJson.Read<SendNoticeRequest>(workflow.Request).MessageId;
}
