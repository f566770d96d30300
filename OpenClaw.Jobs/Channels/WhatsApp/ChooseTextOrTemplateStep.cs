using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// Free text within 24 hours of the contact's last message, else the template, where there is one; nothing to who wants
/// nothing. Commits with its checkpoint.
/// </summary>
public sealed class ChooseTextOrTemplateStep(IWhatsAppSender sender, WhatsAppOutbox outbox, TimeProvider time) : IDatabaseStep
{
    // A little less than WhatsApp's 24 hours: the message still has a way to go.
    private static readonly TimeSpan Window = TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5);

    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = context.Request<SendNoticeRequest>().MessageId;
        var message = await db.WhatsAppMessages.SingleAsync(row => row.Id == id, cancellationToken);
        var now = time.GetUtcNow();
        if (message.DueAt > now)
        {
            throw new StepNotReadyException(message.DueAt - now, "It is not time yet.");
        }

        var contact = await db.LockContactAsync(message.Contact, cancellationToken);
        if (message.State is not WhatsAppState.Pending)
        {
            return new Choice(Send: false, message.AsTemplate);
        }

        if (contact.OptedOutAt is not null && !message.DespiteOptOut)
        {
            message.State = WhatsAppState.Failed;
            message.Error = "The contact has asked for no more messages (STOP).";
            message.UpdatedAt = now;
            return new Choice(Send: false, message.AsTemplate);
        }

        if (message.AsTemplate || (sender.HasTemplate && !(contact.LastInboundAt > now - Window)))
        {
            await outbox.FitTemplateAsync(message, db, cancellationToken);
        }

        var buttons = contact.LastInboundAt > now - Window && !message.AsTemplate ? await QuestionButtons.FindAsync(message, db, cancellationToken) : null;
        return new Choice(Send: true, message.AsTemplate, buttons is not null && sender.HasButtons(buttons.Choices.Count) ? buttons : null);
    }
}

/// <summary>Output of the step.</summary>
/// <param name="Send">False when there is nothing to send any more.</param>
/// <param name="AsTemplate">It goes as the approved template.</param>
/// <param name="Buttons">What stands below the text; null for nothing.</param>
public sealed record Choice(bool Send, bool AsTemplate, QuestionButtons? Buttons = null);
