using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Questions;

/// <summary>A question, and who asks it by name.</summary>
/// <param name="Question">As it stands.</param>
/// <param name="AgentName">Null where it is about all agents of the owner.</param>
public sealed record QuestionStanding(Question Question, string? AgentName);

/// <summary>What an owner is asked, and was.</summary>
public sealed class QuestionQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    private const int MostTold = 1_000;

    /// <summary>Open ones first, each newest first.</summary>
    /// <param name="state">Null for all.</param>
    /// <param name="agent">Null for all.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="caller">Whose; with a key for some agents, those of these agents.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(List<QuestionStanding> Page, int Total)> ListAsync(
        QuestionState? state, Guid? agent, int limit, int offset, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var questions = Of(db, caller).Where(row => (state == null || row.State == state) && (agent == null || row.AgentId == agent));
        var page = await Named(db, questions.OrderByDescending(row => row.State == EF.Constant(QuestionState.Open)).ThenByDescending(row => row.Id).Skip(offset).Take(limit)).ToListAsync(cancellationToken);
        return (page, await questions.CountAsync(cancellationToken));
    }

    /// <summary>Those that wait no more, newest first.</summary>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="caller">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<QuestionStanding>> EndedAsync(Guid? before, int limit, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ended = Of(db, caller).Where(row => row.State != EF.Constant(QuestionState.Open) && (before == null || row.Id < before));
        return await Named(db, ended.OrderByDescending(row => row.Id).Take(limit)).ToListAsync(cancellationToken);
    }

    /// <summary>How many wait for an answer.</summary>
    public async Task<int> CountOpenAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).CountAsync(row => row.State == EF.Constant(QuestionState.Open), cancellationToken);
    }

    /// <summary>Those of all owners that wait for an answer, the newest of very many, and those asked since a time; by their indexes.</summary>
    public async Task<List<Question>> AllOpenAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var recent = Uuid7.Floor(since);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Questions.AsNoTracking().Where(row => row.State == EF.Constant(QuestionState.Open) || row.Id >= recent).OrderByDescending(row => row.Id).Take(MostTold).ToListAsync(cancellationToken);
    }

    /// <summary>Of these, those that have ended, of whichever owners.</summary>
    public async Task<List<Question>> EndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Questions.AsNoTracking().Where(row => ids.Contains(row.Id) && row.State != EF.Constant(QuestionState.Open)).ToListAsync(cancellationToken);
    }

    /// <summary>Null for an unknown one and for somebody else's.</summary>
    public async Task<QuestionStanding?> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Named(db, Of(db, caller).Where(row => row.Id == id)).SingleOrDefaultAsync(cancellationToken);
    }

    internal static IQueryable<Question> Of(OpenClawDbContext db, Caller caller)
    {
        var agents = caller.Agents;
        var questions = db.Questions.AsNoTracking().Where(row => row.Owner == caller.Owner);
        return agents.Count == 0 ? questions : questions.Where(row => row.AgentId != null && agents.Contains(row.AgentId.Value));
    }

    private static IQueryable<QuestionStanding> Named(OpenClawDbContext db, IQueryable<Question> questions) =>
        questions.Select(row => new QuestionStanding(row, db.Agents.Where(agent => agent.Id == row.AgentId).Select(agent => agent.Name).FirstOrDefault()));
}
