using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Questions;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Questions;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>The choices of a question as buttons. One that is pressed comes back as <c>answer_{question}_{number}</c>, from whose phone it was pressed on: it is a command like any other.</summary>
/// <param name="Question">As much of its id as an answer names.</param>
/// <param name="Choices">What stands on them.</param>
public sealed record QuestionButtons(string Question, IReadOnlyList<string> Choices)
{
    /// <summary>WhatsApp has no more buttons in a message that nobody has approved.</summary>
    public const int Most = 3;

    // UTF-16 units that WhatsApp puts on a button.
    private const int MaxTitle = 20;

    /// <summary>What belongs below a message that asks one question which waits; null below any other, and where there is no room.</summary>
    internal static async Task<QuestionButtons?> FindAsync(WhatsAppMessage message, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (message.Carries is not [var carried] || message.Body.Length > WhatsAppOutbox.MaxTemplateLength)
        {
            return null;
        }

        var notice = await db.Messages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == carried && row.Owner == message.Owner, cancellationToken);
        if (notice is null || !Guid.TryParse(notice.MessageId.Split(':') is ["question", var id, ..] ? id : null, out var asked))
        {
            return null;
        }

        // Senders name their messages as they like: below a text there is nothing but what that text asks.
        var question = await db.Questions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == asked && row.Owner == message.Owner && row.State == QuestionState.Open, cancellationToken);
        return question is { Choices.Length: <= Most } && Array.TrueForAll(question.Choices, choice => choice.Length <= MaxTitle)
            && notice.Content.EndsWith(QuestionTexts.Asked(question), StringComparison.Ordinal) && message.Body == WhatsAppText.Of(ForeignText.Clean(notice.Content))
            ? new QuestionButtons(QuestionTexts.Tail(question.Id), question.Choices)
            : null;
    }
}
