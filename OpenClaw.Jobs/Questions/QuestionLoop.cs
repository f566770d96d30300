using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Jobs.Questions;

/// <summary>Reminds owners of what they are asked, ends what nobody answered in time, and does what answers left to do. Any number of nodes may do so at once.</summary>
public sealed class QuestionLoop(QuestionService questions, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time, ILogger<QuestionLoop> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    private const int Batch = 100;

    /// <summary>One cycle.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        var (now, failures) = (Time.GetUtcNow(), new List<Exception>());
        await EachAsync(open => open.State == QuestionState.Open && open.ExpiresAt <= now, questions.ExpireAsync);
        await TakeBackAsync(cancellationToken);
        await EachAsync(open => open.State == QuestionState.Open && open.RemindAt <= now, questions.RemindAsync);
        await EachAsync(ended => ended.FollowUpAt <= now, questions.FollowUpAsync);
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }

        async Task EachAsync(Expression<Func<Question, bool>> isDue, Func<Guid, CancellationToken, Task> actAsync)
        {
            foreach (var id in await DueAsync(isDue, cancellationToken))
            {
                try
                {
                    await actAsync(id, cancellationToken);
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !DatabaseOutage.Caused(exception))
                {
                    // What one question cannot do is no reason for the others to wait.
                    failures.Add(new InvalidOperationException($"Question {id} could not be seen to.", exception));
                }
            }
        }
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => RunDueAsync(cancellationToken);

    // What a run has asked that has ended otherwise.
    private async Task TakeBackAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE openclaw.questions q SET state = 'cancelled', ended_at = {now}, remind_at = NULL FROM openclaw_system.workflow_status w
            WHERE q.state = 'open' AND q.workflow_uuid IS NOT NULL AND w.workflow_uuid = q.workflow_uuid AND w.completed_at IS NOT NULL
            """,
            cancellationToken);
    }

    private async Task<List<Guid>> DueAsync(Expression<Func<Question, bool>> isDue, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Questions.Where(isDue).OrderBy(question => question.Id).Select(question => question.Id).Take(Batch).ToListAsync(cancellationToken);
    }
}
