using System.Globalization;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Questions;

/// <summary>Questions in words.</summary>
public static class QuestionTexts
{
    /// <summary>Characters of an id that a person types.</summary>
    public const int TailLength = 8;

    private const int MaxCut = 120;

    /// <summary>As much of the id as a person wants to type: its end, since ids of the same moment begin alike.</summary>
    public static string Tail(Guid id) => id.ToString("N")[^TailLength..];

    /// <summary>The question's beginning, in one line.</summary>
    public static string Line(string text) => ForeignText.OneLine(text, MaxCut);

    /// <summary>The question, its numbered choices, and how and until when to answer.</summary>
    public static string Asked(Question question)
    {
        var end = question.DefaultChoice is { } choice ? $"Without an answer by then: {choice}." : "Without an answer by then it stays undecided.";
        return string.Join('\n', [
            question.Text,
            .. question.Choices.Select((one, index) => $"{index + 1}. {one}"),
            string.Create(CultureInfo.InvariantCulture, $"Answer with the number, or: answer {Tail(question.Id)} 1. It waits until {At(question.ExpiresAt)}. {end}"),
        ]);
    }

    /// <summary>What came of it, for whoever answers too late.</summary>
    public static string Ended(Question question) => question.State switch
    {
        QuestionState.Answered => $"{question.AnsweredBy} has answered \"{question.Answer}\" at {At(question.EndedAt!.Value)}. A question is answered once.",
        QuestionState.Expired when question.Answer is { } choice => $"Nobody had answered by {At(question.ExpiresAt)}, so its default counts: {choice}.",
        QuestionState.Expired => $"It had to be answered by {At(question.ExpiresAt)}.",
        QuestionState.Cancelled => "Nobody needs an answer any more.",
        _ => "It is over in this moment.",
    };

    /// <summary>What the agent that has asked is told.</summary>
    internal static string ForAgent(Question question) => question switch
    {
        { State: QuestionState.Answered } => $"The answer to your question \"{question.Text}\": {question.Answer}",
        { Answer: { } choice } => $"Nobody answered your question \"{question.Text}\" in time. The default counts: {choice}",
        _ => $"Nobody answered your question \"{question.Text}\" in time.",
    };

    internal static string At(DateTimeOffset when) => string.Create(CultureInfo.InvariantCulture, $"{when.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
