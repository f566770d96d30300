using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// Sends the message. That it is tried is written down before, so that after a crash or an answer that never came Twilio is
/// asked first whether it has the message; its status callback may have said so already.
/// </summary>
public sealed partial class SendStep(IWhatsAppSender sender, SenderPace pace, WhatsAppOutbox outbox, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time, ILogger<SendStep> logger) : IExternalStep
{
    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = await context.OutputOfAsync<Choice>("choose_text_or_template", cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = context.Request<SendNoticeRequest>().MessageId;
        var message = await db.WhatsAppMessages.AsTracking().SingleAsync(row => row.Id == id, cancellationToken);
        if (!choice.Send || message.State is not WhatsAppState.Pending)
        {
            return new SendOutcome(Sent: null);
        }

        if (message.TriedAt is { } tried && await FindAsync(message, choice.Buttons, tried, db, cancellationToken) is { } sent)
        {
            return new SendOutcome(sent);
        }

        await pace.TakeAsync(sender.From, cancellationToken);
        message.TriedAt ??= time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        try
        {
            return new SendOutcome(await SendAsync(message, choice.Buttons, db, cancellationToken));
        }
        catch (WhatsAppRefusedException refused)
        {
            throw new StepFailedException($"twilio_{refused.Code}", refused.Message, refused) { NonRetryable = refused.Error is not WhatsAppError.Retry };
        }
    }

    private async Task<SentMessage> SendAsync(WhatsAppMessage message, QuestionButtons? buttons, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.SendAsync(message, message.AsTemplate ? null : buttons, cancellationToken);
        }
        catch (WhatsAppRefusedException refused) when (refused.Error is WhatsAppError.NeedsTemplate && sender.HasTemplate && !message.AsTemplate)
        {
            // The window has closed, whatever we thought: no reason to wait.
            await MakeTemplateAsync(message.Id, cancellationToken);
            await db.Entry(message).ReloadAsync(cancellationToken);
            return await sender.SendAsync(message, buttons: null, cancellationToken);
        }
        catch (WhatsAppRefusedException refused) when (refused.Error is not (WhatsAppError.Retry or WhatsAppError.NeedsTemplate) && buttons is not null && !message.AsTemplate)
        {
            // The question is told, whatever is wrong with the template of its buttons.
            LogNoButtons(logger, refused.Code, refused.Message);
            return await sender.SendAsync(message, buttons: null, cancellationToken);
        }
    }

    private async Task MakeTemplateAsync(Guid id, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var message = await db.WhatsAppMessages.AsTracking().SingleAsync(row => row.Id == id, cancellationToken);
        await db.LockContactAsync(message.Contact, cancellationToken);
        await outbox.FitTemplateAsync(message, db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
    }

    private async Task<SentMessage?> FindAsync(WhatsAppMessage message, QuestionButtons? buttons, DateTimeOffset tried, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        foreach (var candidate in await sender.FindAsync(message, buttons, tried, cancellationToken))
        {
            // An earlier message may have said the same.
            if (!await db.WhatsAppMessages.AnyAsync(other => other.Sid == candidate.Sid && other.Id != message.Id, cancellationToken))
            {
                return candidate;
            }
        }

        return null;
    }

    [LoggerMessage(EventId = 2303, Level = LogLevel.Warning, Message = "A question went without its buttons, as text: Twilio refused their template (code {Code}). Correct TWILIO_2_CHOICES_CONTENT_SID or TWILIO_3_CHOICES_CONTENT_SID, or the template. {Reason}")]
    private static partial void LogNoButtons(ILogger logger, int code, string reason);
}

/// <summary>Output of the step.</summary>
/// <param name="Sent">Null when there was nothing to send.</param>
public sealed record SendOutcome(SentMessage? Sent);
