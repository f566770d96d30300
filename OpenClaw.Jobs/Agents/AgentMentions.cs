using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Agents;

/// <summary>Finds the agent that a person means, among those that are not stopped.</summary>
public sealed class AgentMentions(IDbContextFactory<OpenClawDbContext> contexts)
{
    private const int MostChoices = 6;

    // Beyond that many agents, slips in their names are not forgiven.
    private const int MostCompared = 1_000;

    // A name of more words than that has to stand in quotes.
    private const int MostWords = 6;

    /// <summary>Null for an unknown agent, somebody else's, and one that is stopped.</summary>
    public async Task<Agent?> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).SingleOrDefaultAsync(agent => agent.Id == id, cancellationToken);
    }

    /// <summary>By id or name; else by part of a name; else by a name with slips.</summary>
    public async Task<FoundAgents> FindAsync(string name, Caller caller, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(name, out var id))
        {
            return new FoundAgents(await FindAsync(id, caller, cancellationToken) is { } known ? [known] : [], Exact: true);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var agents = Of(db, caller).OrderBy(agent => agent.Name).ThenBy(agent => agent.Id);
        var lower = name.ToLowerInvariant();
        string[] whole = [lower];
        var exact = await agents.Where(agent => whole.Contains(agent.Name.ToLower())).Take(MostChoices).ToListAsync(cancellationToken);
        if (exact.Count > 0)
        {
            return new FoundAgents(exact, Exact: true);
        }

        var pattern = LikePattern.Containing(name);
        var part = await agents.Where(agent => EF.Functions.ILike(agent.Name, pattern, LikePattern.Escape)).Take(MostChoices).ToListAsync(cancellationToken);
        if (part.Count > 0)
        {
            return new FoundAgents(part, Exact: false);
        }

        var all = await agents.Take(MostCompared).ToListAsync(cancellationToken);
        return new FoundAgents([.. all.Where(agent => Slips.MayMean(lower, agent.Name.ToLowerInvariant())).Take(MostChoices)], Exact: false);
    }

    /// <summary>Parts "researcher read the news" into the agent, whose name may be several words, and what it is to be told.</summary>
    public async Task<(FoundAgents Found, string Text)> SplitAsync(string words, Caller caller, CancellationToken cancellationToken)
    {
        var typed = Words.Of(words);
        if (NameReader.Quoted(typed, out var after) is { } quoted)
        {
            return (await FindAsync(quoted, caller, cancellationToken), after.Raw());
        }

        var beginnings = Enumerable.Range(1, Math.Max(0, Math.Min(MostWords, typed.Count - 1))).ToDictionary(count => count, count => NameReader.Clean(typed.Between(0, count).Raw()).ToLowerInvariant());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var names = beginnings.Values.ToArray();
        var known = await Of(db, caller).Where(agent => names.Contains(agent.Name.ToLower()))
            .Select(agent => agent.Name.ToLower()).Distinct().ToListAsync(cancellationToken);
        var longest = beginnings.Where(beginning => known.Contains(beginning.Value)).Select(beginning => beginning.Key).DefaultIfEmpty(1).Max();
        return (await FindAsync(NameReader.Clean(typed.Between(0, longest).Raw()), caller, cancellationToken), typed.From(longest).Raw());
    }

    /// <summary>A few names, for an answer to somebody who named none of them.</summary>
    public async Task<IReadOnlyList<string>> SomeNamesAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).OrderBy(agent => agent.Name).Select(agent => agent.Name).Take(MostChoices).ToListAsync(cancellationToken);
    }

    private static IQueryable<Agent> Of(OpenClawDbContext db, Caller caller) =>
        db.Agents.AsNoTracking().Where(agent => agent.UserId == caller.Owner && agent.Status != AgentStatus.Stopped);
}

/// <summary>Who may have been meant.</summary>
/// <param name="Agents">None, one or several.</param>
/// <param name="Exact">They were named in full.</param>
public sealed record FoundAgents(IReadOnlyList<Agent> Agents, bool Exact);
