using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Questions;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Questions;

/// <summary>Writes questions down and tells their owners, in the caller's transaction.</summary>
public sealed class QuestionBook(OwnerNotifier notifier, TimeProvider time)
{
    /// <summary>Asks, unless that was asked before.</summary>
    /// <returns>The question as it stands, and whether it is new.</returns>
    public async Task<(Question Question, bool IsNew)> AskAsync(NewQuestion asked, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var (now, draft) = (time.GetUtcNow(), asked.Draft);
        var (id, choices) = (Guid.CreateVersion7(now), draft.Choices!.OfType<string>().ToArray());
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO openclaw.questions
                (id, owner, key, asker, agent_id, workflow_uuid, text, choices, default_choice, tells_agent, context, asked_by, asked_at, remind_at, expires_at)
            VALUES ({id}, {asked.Owner}, {asked.Key}, {EnumText.ToLower(asked.Asker)}, {asked.AgentId}, {asked.WorkflowUuid}, {draft.Text}, {choices}, {draft.Default},
                {asked.TellsAgent}, {asked.Context}::jsonb, {asked.AskedBy}, {now}, {now + draft.Reminder}, {now + draft.Expiry})
            ON CONFLICT (owner, key) DO NOTHING
            """,
            cancellationToken) == 1;
        var question = await db.Questions.AsNoTracking().SingleAsync(row => row.Owner == asked.Owner && row.Key == asked.Key, cancellationToken);
        if (isNew)
        {
            db.AuditLog.Add(new AuditEntry { Actor = asked.AskedBy, Action = "question.ask", Subject = $"question:{id}", Detail = QuestionTexts.Line(question.Text) });
            await notifier.NotifyAsync(
                new OwnerNotice(asked.Event, asked.Owner, asked.Subject, asked.Event is NoticeEvent.Question ? $"asks: {QuestionTexts.Asked(question)}" : QuestionTexts.Asked(question), $"question:{id}") { AgentId = asked.AgentId },
                db, cancellationToken);
        }

        return (question, isNew);
    }

    /// <summary>Tells the owner of a question that stands as before, or how it ended.</summary>
    internal async Task TellAsync(Question question, string what, string key, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var name = await db.Agents.Where(agent => agent.Id == question.AgentId).Select(agent => agent.Name).SingleOrDefaultAsync(cancellationToken);
        await notifier.NotifyAsync(
            new OwnerNotice(NoticeEvent.Question, question.Owner, name ?? $"All agents of {question.Owner}:", what, $"question:{question.Id}:{key}") { AgentId = question.AgentId }, db, cancellationToken);
    }
}
