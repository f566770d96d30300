using OpenClaw.Data;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Questions;

/// <summary>Steps that ask: the run that rests is called when the answer is there.</summary>
public sealed class WorkflowQuestions(WorkflowClient workflows) : IQuestionAsker
{
    public QuestionAsker Kind => QuestionAsker.Workflow;

    public async Task<DateTimeOffset?> EndedAsync(Question question, string by, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        await workflows.WakeAsync(question.WorkflowUuid!.Value, cancellationToken);
        return null;
    }
}
