using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.WhatsApp.Inbound;

/// <summary>
/// Decides who is heard. STOP and START come before anything else; who asked for no messages is left alone; strangers are
/// told once a day that we do not talk to them, and nothing else. Commits with its checkpoint.
/// </summary>
public sealed class AdmitStep(ContactBook book, TimeProvider time) : IDatabaseStep
{
    private static readonly TimeSpan BetweenAnswersToStrangers = TimeSpan.FromDays(1);

    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = context.Request<ReceiveWhatsAppRequest>().MessageId;
        var message = await db.WhatsAppMessages.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var contact = await db.LockContactAsync(message.Contact, cancellationToken);
        var now = time.GetUtcNow();
        switch (Keywords.Read(message.Body))
        {
            case Keyword.Stop:
                contact.OptedOutAt ??= now;
                return new Admission(Answer: KeywordTexts.Stopped);
            case Keyword.Start:
                var back = contact.OptedOutAt is not null;
                contact.OptedOutAt = null;
                return back ? new Admission(Answer: KeywordTexts.Started) : Judge(contact, "help", now);
            case Keyword.Help:
                return contact.OptedOutAt is null ? Judge(contact, "help", now) : new Admission(Answer: KeywordTexts.Stopped);
            default:
                return contact.OptedOutAt is null ? Judge(contact, message.Body, now) : new Admission();
        }
    }

    private Admission Judge(Contact contact, string command, DateTimeOffset now)
    {
        if (book.OwnerOf(contact) is { } owner)
        {
            return new Admission(owner, command);
        }

        if (contact.TurnedAwayAt > now - BetweenAnswersToStrangers)
        {
            return new Admission();
        }

        contact.TurnedAwayAt = now;
        return new Admission(Answer: KeywordTexts.Stranger);
    }
}

/// <summary>Output of the step.</summary>
/// <param name="Owner">For whom the contact acts; null when the message is no command.</param>
/// <param name="Command">What the owner says.</param>
/// <param name="Answer">What is answered without looking further; null for nothing.</param>
public sealed record Admission(string? Owner = null, string? Command = null, string? Answer = null);
