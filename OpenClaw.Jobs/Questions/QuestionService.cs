using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Questions;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Questions;

/// <summary>Asks owners for agents, and takes their answers: of several that come at once, from wherever, one counts.</summary>
public sealed class QuestionService(RequestDecider decisions, QuestionBook book, IEnumerable<IQuestionAsker> askers, TimeProvider time)
{
    public const int MaxKey = 200;

    /// <summary>Of an agent: what is more would not be read.</summary>
    public const int MostOpen = 20;

    private readonly Dictionary<QuestionAsker, IQuestionAsker> _askers = askers.ToDictionary(asker => asker.Kind);

    /// <summary>Asks the agent's owner; the same key again is the same question.</summary>
    /// <param name="agentId">Who asks.</param>
    /// <param name="draft">What.</param>
    /// <param name="ownKey">The asker's name of it; null for a new one.</param>
    /// <param name="tellsAgent">Whether the agent is sent a message with the answer.</param>
    /// <param name="caller">Who asks for the agent.</param>
    /// <param name="key">Makes a repetition harmless.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="context">Kept with it, as JSON.</param>
    public async Task<Decision<AskedQuestion>> AskAsync(
        Guid agentId, QuestionDraft draft, string? ownKey, bool tellsAgent, Caller caller, RequestKey? key, CancellationToken cancellationToken, string? context = null)
    {
        if (Check(draft, ownKey) is { } wrong)
        {
            return wrong;
        }

        return await decisions.DecideAsync<AskedQuestion>(
            key,
            async db =>
            {
                if (await db.HoldAgentAsync(agentId, caller, cancellationToken) is not { } agent)
                {
                    return new Refusal.NotFound("agent_not_found", $"There is no agent {agentId}.");
                }

                if (agent.Status is AgentStatus.Stopped)
                {
                    return new Refusal.Conflict("wrong_status", $"Agent {agentId} is stopped and asks nothing.");
                }

                var (question, isNew) = await book.AskAsync(
                    new NewQuestion(agent.UserId, QuestionAsker.Agent, agent.Name, $"agent:{agentId}:{ownKey ?? Guid.CreateVersion7().ToString()}", draft, caller.Actor) { AgentId = agentId, TellsAgent = tellsAgent, Context = context },
                    db, cancellationToken);
                if (!isNew && !(question.Text == draft.Text && question.Choices.SequenceEqual(draft.Choices!) && question.DefaultChoice == draft.Default))
                {
                    return new Refusal.Conflict("question_key_reused", $"The key '{ownKey}' was used for another question of this agent. Take a new key for a new question.");
                }

                var open = await db.Questions.CountAsync(row => row.Owner == agent.UserId && row.AgentId == agentId && row.State == EF.Constant(QuestionState.Open), cancellationToken);
                return isNew && open > MostOpen
                    ? new Refusal.Conflict("too_many_questions", $"{MostOpen} questions of agent {agentId} wait for an answer already. Ask again when some are answered.")
                    : new AskedQuestion(question.Id, isNew);
            },
            cancellationToken);
    }

    /// <summary>Answers the question, once.</summary>
    /// <param name="id">Which.</param>
    /// <param name="choice">One of its choices, in any case.</param>
    /// <param name="caller">Who answers.</param>
    /// <param name="key">Makes a repetition harmless.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Decision<Guid>> AnswerAsync(Guid id, string? choice, Caller caller, RequestKey? key, CancellationToken cancellationToken) => decisions.DecideAsync<Guid>(
        key,
        async db =>
        {
            if (await QuestionQueries.Of(db, caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } asked)
            {
                return new Refusal.NotFound("question_not_found", $"There is no question {id}.");
            }

            if (caller.Agents.Count > 0)
            {
                return new Refusal.NotAllowed("A key for some agents alone asks for them; who answers is their owner.");
            }

            if (Array.Find(asked.Choices, one => one.Equals(choice?.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } chosen)
            {
                return Refusal.Invalid.Of("choice", $"choice must be one of: {string.Join(", ", asked.Choices.Select(one => $"\"{one}\""))}.");
            }

            if (_askers[asked.Asker].Check(asked, chosen, caller) is { } refusal)
            {
                return refusal;
            }

            // The one statement that decides: whoever comes second, or too late, changes nothing.
            var now = time.GetUtcNow();
            var taken = await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE openclaw.questions SET state = 'answered', answer = {chosen}, answered_by = {caller.Actor}, ended_at = {now}, remind_at = NULL
                WHERE id = {id} AND state = 'open' AND expires_at > {now}
                """,
                cancellationToken);
            var question = await db.Questions.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            if (taken == 0)
            {
                return new Refusal.Conflict("question_ended", QuestionTexts.Ended(question));
            }

            await EndedAsync(question, caller.Actor, "question.answer", $"{chosen}: {QuestionTexts.Line(question.Text)}", db, cancellationToken);
            return id;
        },
        cancellationToken);

    /// <summary>Ends a question whose time is over; its default counts. One that has ended stays as it is.</summary>
    internal Task ExpireAsync(Guid id, CancellationToken cancellationToken) => decisions.DecideAsync<Guid>(
        key: null,
        async db =>
        {
            var now = time.GetUtcNow();
            if (await db.Database.ExecuteSqlAsync($"UPDATE openclaw.questions SET state = 'expired', answer = default_choice, ended_at = {now}, remind_at = NULL WHERE id = {id} AND state = 'open' AND expires_at <= {now}", cancellationToken) == 1)
            {
                var question = await db.Questions.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
                await EndedAsync(question, "system", "question.expire", $"{question.Answer ?? "undecided"}: {QuestionTexts.Line(question.Text)}", db, cancellationToken);
                if (question.Asker is not QuestionAsker.Budget)
                {
                    // Of a budget the owner hears when the agent is resumed.
                    await book.TellAsync(question, $"had no answer in time to \"{QuestionTexts.Line(question.Text)}\". {(question.Answer is { } choice ? $"Its default counts: {choice}." : "It stays undecided.")}", "expired", db, cancellationToken);
                }
            }

            return id;
        },
        cancellationToken);

    /// <summary>Tells the owner once more.</summary>
    internal Task RemindAsync(Guid id, CancellationToken cancellationToken) => decisions.DecideAsync<Guid>(
        key: null,
        async db =>
        {
            var now = time.GetUtcNow();
            if (await db.Database.ExecuteSqlAsync($"UPDATE openclaw.questions SET remind_at = NULL WHERE id = {id} AND state = 'open' AND remind_at <= {now} AND expires_at > {now}", cancellationToken) == 1)
            {
                var question = await db.Questions.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
                await book.TellAsync(question, $"still waits for your answer: {QuestionTexts.Asked(question)}", "reminder", db, cancellationToken);
            }

            return id;
        },
        cancellationToken);

    /// <summary>Does what is left to do about an answer. One node at a time does.</summary>
    internal Task FollowUpAsync(Guid id, CancellationToken cancellationToken) => decisions.DecideAsync<Guid>(
        key: null,
        async db =>
        {
            var now = time.GetUtcNow();
            if (await db.Questions.FromSql($"SELECT * FROM openclaw.questions WHERE id = {id} AND follow_up_at <= {now} FOR UPDATE SKIP LOCKED").AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } question)
            {
                var next = await _askers[question.Asker].FollowUpAsync(question, db, cancellationToken);
                await db.Database.ExecuteSqlAsync($"UPDATE openclaw.questions SET follow_up_at = {next} WHERE id = {id}", cancellationToken);
            }

            return id;
        },
        cancellationToken);

    private async Task EndedAsync(Question question, string by, string action, string detail, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        db.AuditLog.Add(new AuditEntry { Actor = by, Action = action, Subject = $"question:{question.Id}", Detail = detail });
        if (await _askers[question.Asker].EndedAsync(question, by, db, cancellationToken) is { } next)
        {
            await db.Database.ExecuteSqlAsync($"UPDATE openclaw.questions SET follow_up_at = {next} WHERE id = {question.Id}", cancellationToken);
        }
    }

    private static Refusal.Invalid? Check(QuestionDraft draft, string? ownKey)
    {
        if (ownKey is null || (ownKey.Length is > 0 and <= MaxKey && ForeignText.IsLine(ownKey)))
        {
            return draft.Check();
        }

        var errors = new Dictionary<string, string[]>(draft.Check()?.Errors ?? new Dictionary<string, string[]>())
        {
            ["key"] = [$"key may have 1 to {MaxKey} characters, without control characters."],
        };
        return new Refusal.Invalid(errors);
    }
}

/// <summary>A question that is asked.</summary>
/// <param name="Id">Names it.</param>
/// <param name="IsNew">It was not asked before.</param>
public sealed record AskedQuestion(Guid Id, bool IsNew);
