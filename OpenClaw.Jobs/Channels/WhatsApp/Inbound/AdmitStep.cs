using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>
/// Decides who is heard. Words for no more messages, and for messages again, come before anything else; who asked for no
/// messages is left alone, unless they halt their agents; strangers get one answer of a kind a day. Commits with its checkpoint.
/// </summary>
public sealed class AdmitStep(ContactBook book, TimeProvider time) : IDatabaseStep
{
    private static readonly TimeSpan BetweenAnswersToStrangers = TimeSpan.FromDays(1);

    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = context.Request<ReceiveWhatsAppRequest>().MessageId;
        var message = await db.WhatsAppMessages.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var subscriber = await db.LockContactAsync(message.Contact, cancellationToken);
        var owner = book.OwnerOf(subscriber);
        var now = time.GetUtcNow();
        switch (Keywords.Read(message.Body, isHeard: owner is not null))
        {
            case Keyword.OptOut:
                subscriber.OptedOutAt ??= now;
                return await SayAsync(KeywordTexts.Stopped);
            case Keyword.Halt:
                return new Admission(owner, message.Body, Despite: true);
            case Keyword.Start:
                var back = subscriber.OptedOutAt is not null;
                subscriber.OptedOutAt = null;
                return back ? await SayAsync(KeywordTexts.Started) : Judge(subscriber, "help", now);
            case Keyword.Help:
                return subscriber.OptedOutAt is null ? Judge(subscriber, "help", now) : await SayAsync(KeywordTexts.Stopped);
            default:
                return subscriber.OptedOutAt is null ? Judge(subscriber, message.Body, now) : new Admission();
        }

        async Task<Admission> SayAsync(string text)
        {
            if (owner is not null)
            {
                return new Admission(Answer: text == KeywordTexts.Stopped ? KeywordTexts.OwnerStopped : text, Despite: true);
            }

            var since = now - BetweenAnswersToStrangers;
            var numbers = subscriber.Spellings.Select(contact => contact.Number).ToArray();
            var wasSaid = await db.WhatsAppMessages.AnyAsync(
                row => numbers.Contains(row.Contact) && row.Direction == WhatsAppDirection.Out && row.Body == text && row.CreatedAt > since, cancellationToken);
            return wasSaid ? new Admission() : new Admission(Answer: text, Despite: true);
        }
    }

    private Admission Judge(Subscriber subscriber, string command, DateTimeOffset now)
    {
        if (book.OwnerOf(subscriber) is { } owner)
        {
            return new Admission(owner, command);
        }

        if (subscriber.TurnedAwayAt > now - BetweenAnswersToStrangers)
        {
            return new Admission();
        }

        subscriber.TurnedAwayAt = now;
        return new Admission(Answer: KeywordTexts.Stranger);
    }
}

/// <summary>Output of the step.</summary>
/// <param name="Owner">For whom the contact acts; null when the message is no command.</param>
/// <param name="Command">What the owner says.</param>
/// <param name="Answer">What is answered without looking further; null for nothing.</param>
/// <param name="Despite">The answer is sent to who wants no messages, too.</param>
public sealed record Admission(string? Owner = null, string? Command = null, string? Answer = null, bool Despite = false);
