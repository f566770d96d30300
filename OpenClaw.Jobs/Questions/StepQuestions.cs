using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Questions;

/// <summary>
/// For steps of workflows that ask the run's owner. The step rests until there is an answer, for days: it has no worker and no thread, and is
/// called again when the answer comes. A run that ends otherwise takes its question back.
/// </summary>
public sealed class StepQuestions(QuestionBook book, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    // An answer wakes the step. These are for one that came before the step had lain down, or whose wake-up was lost with its process.
    private static readonly TimeSpan FirstLooks = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(10);

    /// <summary>The answer; asks first, once for a step of a run.</summary>
    /// <param name="context">The step's.</param>
    /// <param name="draft">What is asked; the same at each call.</param>
    /// <param name="agentId">Whom it is about; null for all agents of the owner.</param>
    /// <param name="subject">Who asks, by name, for people.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StepNotReadyException">There is no answer yet. Let it pass.</exception>
    /// <exception cref="StepFailedException">It cannot be asked: code <c>question_invalid</c>, and not tried again.</exception>
    public async Task<QuestionOutcome> AskAsync(StepContext context, QuestionDraft draft, Guid? agentId, string subject, CancellationToken cancellationToken)
    {
        if (draft.Check() is { } wrong)
        {
            throw new StepFailedException("question_invalid", wrong.Detail) { NonRetryable = true };
        }

        var question = await FindOrAskAsync(context, draft, agentId, subject, cancellationToken);
        return question.State is QuestionState.Open
            ? throw new StepNotReadyException(time.GetUtcNow() - question.AskedAt < FreshFor ? FirstLooks : AskAgain, $"Waiting for the owner's answer to \"{QuestionTexts.Line(question.Text)}\".")
            : new QuestionOutcome(question.Id, question.Answer, question.AnsweredBy);
    }

    // Outside of the step's transaction, which is undone when the step is not ready.
    private async Task<Question> FindOrAskAsync(StepContext context, QuestionDraft draft, Guid? agentId, string subject, CancellationToken cancellationToken)
    {
        using var outside = AmbientTransaction.Suppress();
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        for (var number = 1; ; number++)
        {
            // One that was taken back, because the run had ended, is asked anew when the run is resumed.
            var asked = new NewQuestion(context.Owner, QuestionAsker.Workflow, subject, $"workflow:{context.IdempotencyKey}:{number}", draft, $"workflow:{context.WorkflowName}") { AgentId = agentId, WorkflowUuid = context.WorkflowUuid };
            var (question, _) = await book.AskAsync(asked, db, cancellationToken);
            if (question.State is not QuestionState.Cancelled)
            {
                await db.SaveChangesAsync(cancellationToken);
                transaction.Complete();
                return question;
            }
        }
    }
}

/// <summary>What came of a question of a step.</summary>
/// <param name="QuestionId">Which.</param>
/// <param name="Choice">What was answered, or the default; null where nobody answered and there is none.</param>
/// <param name="AnsweredBy">Null where nobody did in time.</param>
public sealed record QuestionOutcome(Guid QuestionId, string? Choice, string? AnsweredBy);
