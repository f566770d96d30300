using System.Text.Json.Serialization;
using OpenClaw.Jobs.Questions;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Questions;

/// <param name="Question">What the agent's owner is asked; up to 1,000 characters.</param>
/// <param name="Choices">2 to 4 answers, each one line of up to 60 characters.</param>
/// <param name="Default">Which of them counts when nobody answers in time; absent, none.</param>
/// <param name="ExpiresIn">How long it waits, such as 12h or 3d, from 1m to 90d; absent, 7d.</param>
/// <param name="RemindAfter">When the owner is told once more; absent, after a day, or half of the time when that is less.</param>
/// <param name="Key">The asker's own name of the question: the same again is the same question. Absent, a new one.</param>
/// <param name="TellAgent">Whether the agent is sent a message with the answer; absent, true.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AskQuestionRequest(
    string? Question = null, IReadOnlyList<string?>? Choices = null, string? Default = null, string? ExpiresIn = null, string? RemindAfter = null, string? Key = null, bool? TellAgent = null)
{
    internal QuestionDraft ToDraft() => new(Question, Choices, Default) { ExpiresIn = IntervalText.Read(ExpiresIn), RemindAfter = IntervalText.Read(RemindAfter) };
}

/// <param name="Choice">One of the question's choices.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AnswerQuestionRequest(string? Choice = null);
