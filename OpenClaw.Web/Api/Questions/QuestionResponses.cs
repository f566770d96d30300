using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Questions;

namespace OpenClaw.Web.Api.Questions;

/// <param name="Id">Names it.</param>
/// <param name="Asker">agent, workflow or budget.</param>
/// <param name="AgentId">Which agent it is about; null for all of yours.</param>
/// <param name="AgentName">For people.</param>
/// <param name="WorkflowUuid">The workflow that waits for the answer; null where none does.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Choices">What may be answered.</param>
/// <param name="Default">What counts when nobody answers in time; null for nothing.</param>
/// <param name="State">open, answered, expired, or cancelled when nobody needs an answer any more.</param>
/// <param name="Answer">One of the choices: what was answered, or the default of one that has expired.</param>
/// <param name="AnsweredBy">Who answered.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="RemindAt">When its owner is told once more; null when that was done.</param>
/// <param name="ExpiresAt">Until when it can be answered.</param>
/// <param name="EndedAt">When it was answered or expired.</param>
public sealed record QuestionResponse(
    Guid Id, QuestionAsker Asker, Guid? AgentId, string? AgentName, Guid? WorkflowUuid, string Question, IReadOnlyList<string> Choices, string? Default, QuestionState State, string? Answer, string? AnsweredBy,
    DateTimeOffset AskedAt, DateTimeOffset? RemindAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt)
{
    internal static QuestionResponse From(QuestionStanding standing)
    {
        var question = standing.Question;
        return new(
            question.Id, question.Asker, question.AgentId, standing.AgentName, question.WorkflowUuid, question.Text, question.Choices, question.DefaultChoice, question.State, question.Answer, question.AnsweredBy,
            question.AskedAt, question.RemindAt, question.ExpiresAt, question.EndedAt);
    }
}

/// <param name="Questions">Open ones first, each newest first.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Limit">The page's size.</param>
/// <param name="Offset">How many were skipped.</param>
public sealed record QuestionListResponse(IReadOnlyList<QuestionResponse> Questions, int Total, int Limit, int Offset);
