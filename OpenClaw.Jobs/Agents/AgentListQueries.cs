using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Agents;

/// <summary>Finds agents among many, and reads of each only what a list shows.</summary>
public sealed class AgentListQueries(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    /// <summary>One page, and how many match in all.</summary>
    public async Task<(IReadOnlyList<AgentSummary> Agents, int Total)> SearchAsync(AgentSearch search, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = Matching(db.Agents.AsNoTracking().Where(agent => agent.UserId == caller.Owner), search);
        var page = await Select(Order(found, search).Skip(search.Offset).Take(search.Limit)).ToListAsync(cancellationToken);
        return (page, page.Count < search.Limit && search.Offset == 0 ? page.Count : await found.CountAsync(cancellationToken));
    }

    /// <summary>Agents that want a person: failed, or running and missing beat after beat. Last changed first.</summary>
    public async Task<IReadOnlyList<AgentSummary>> InTroubleAsync(Caller caller, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Select(db.Agents.AsNoTracking()
            .Where(agent => agent.UserId == caller.Owner
                && (agent.Status == AgentStatus.Failed || (agent.Status == AgentStatus.Running && agent.DegradedAt != null)))
            .OrderByDescending(agent => agent.UpdatedAt).Take(limit)).ToListAsync(cancellationToken);
    }

    /// <summary>Running agents whose last beat raised an alert within a day, with that beat. Newest first.</summary>
    public async Task<IReadOnlyList<AgentAlert>> AlertsAsync(Caller caller, int limit, CancellationToken cancellationToken)
    {
        var since = Uuid7.Floor(time.GetUtcNow().AddDays(-1));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var alerts =
            from beat in db.HeartbeatExecutions.AsNoTracking()
            join agent in db.Agents on beat.AgentId equals agent.Id
            where beat.Status == HeartbeatStatus.Alert && beat.Id >= since && agent.UserId == caller.Owner && agent.Status == AgentStatus.Running
                && !db.HeartbeatExecutions.Any(later => later.AgentId == beat.AgentId && later.Id > beat.Id && (later.Status == HeartbeatStatus.Ok || later.Status == HeartbeatStatus.Alert))
            orderby beat.Id descending
            select new AgentAlert(agent.Name, beat);
        return await alerts.Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>What owners were told within a day of agents that go round in circles and have neither stopped nor been paused since: each agent once. Newest first.</summary>
    public async Task<IReadOnlyList<AgentLoop>> LoopsAsync(Caller caller, int limit, CancellationToken cancellationToken)
    {
        var (since, recipient, metadata) = (Uuid7.Floor(time.GetUtcNow().AddDays(-1)), Addresses.OfOwner(caller.Owner), OwnerNotifier.Metadata(NoticeEvent.AgentLoops));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var told =
            from notice in db.Messages.AsNoTracking().Where(MessageKinds.IsNotice)
            join agent in db.Agents on notice.AgentId equals agent.Id
            where notice.Owner == caller.Owner && notice.Recipient == recipient && notice.Id >= since && EF.Functions.JsonContains(notice.Metadata, metadata)
                && agent.Status == AgentStatus.Running && (caller.Agents.Count == 0 || caller.Agents.Contains(agent.Id))
            orderby notice.Id descending
            select new AgentLoop(agent.Id, agent.Name, notice.Content, notice.CreatedAt);
        return [.. (await told.ToListAsync(cancellationToken)).DistinctBy(loop => loop.AgentId).Take(limit)];
    }

    /// <summary>Agents that a person may mean: the one of that id or slug, else those of that name in any case.</summary>
    public async Task<IReadOnlyList<AgentSummary>> NamedAsync(string name, int limit, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var agents = db.Agents.AsNoTracking().Where(agent => agent.UserId == caller.Owner);
        if (Guid.TryParse(name, out var id))
        {
            return await Select(agents.Where(agent => agent.Id == id)).ToListAsync(cancellationToken);
        }

        var (key, line) = (AgentLookup.OwnConversation + name, LikePattern.StartingWith(name + "\n"));
        return await Select(agents.Where(agent => agent.OpenclawSessionKey == key
            || EF.Functions.Like(EF.Property<string>(agent, Agent.SearchProperty), OpenClawDbContext.Lower(line), LikePattern.Escape))
            .OrderByDescending(agent => agent.Id).Take(limit)).ToListAsync(cancellationToken);
    }

    /// <summary>Names by id, for lists of what belongs to agents.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IEnumerable<Guid?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<Guid>().Distinct().ToArray();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Agents.Where(agent => wanted.Contains(agent.Id)).ToDictionaryAsync(agent => agent.Id, agent => agent.Name, cancellationToken);
    }

    private static IQueryable<Agent> Matching(IQueryable<Agent> agents, AgentSearch search)
    {
        if (search.Statuses.Count > 0)
        {
            var statuses = search.Statuses.ToArray();
            agents = agents.Where(agent => statuses.Contains(agent.Status));
        }

        if (string.IsNullOrWhiteSpace(search.Text))
        {
            return agents;
        }

        var text = search.Text.Trim();
        var pattern = LikePattern.Containing(text);
        return Guid.TryParse(text, out var id)
            ? agents.Where(agent => agent.Id == id)
            : agents.Where(agent => EF.Functions.Like(EF.Property<string>(agent, Agent.SearchProperty), OpenClawDbContext.Lower(pattern), LikePattern.Escape));
    }

    private static IOrderedQueryable<Agent> Order(IQueryable<Agent> agents, AgentSearch search) => (search.Sort, search.Reversed) switch
    {
        (AgentSort.Name, false) => agents.OrderBy(agent => agent.Name).ThenBy(agent => agent.Id),
        (AgentSort.Name, true) => agents.OrderByDescending(agent => agent.Name).ThenByDescending(agent => agent.Id),
        (AgentSort.NextBeat, false) => agents.OrderBy(agent => agent.NextHeartbeatAt).ThenBy(agent => agent.Id),
        // An agent without one comes last either way.
        (AgentSort.NextBeat, true) => agents.OrderBy(agent => agent.NextHeartbeatAt == null).ThenByDescending(agent => agent.NextHeartbeatAt).ThenByDescending(agent => agent.Id),
        (AgentSort.LastBeat, false) => agents.OrderBy(agent => agent.LastHeartbeatAt).ThenBy(agent => agent.Id),
        (AgentSort.LastBeat, true) => agents.OrderBy(agent => agent.LastHeartbeatAt == null).ThenByDescending(agent => agent.LastHeartbeatAt).ThenByDescending(agent => agent.Id),
        (AgentSort.Changed, false) => agents.OrderByDescending(agent => agent.UpdatedAt).ThenBy(agent => agent.Id),
        (AgentSort.Changed, true) => agents.OrderBy(agent => agent.UpdatedAt).ThenByDescending(agent => agent.Id),
        (AgentSort.Status, false) => agents.OrderBy(agent => agent.Status).ThenByDescending(agent => agent.Id),
        (AgentSort.Status, true) => agents.OrderByDescending(agent => agent.Status).ThenBy(agent => agent.Id),
        (AgentSort.Model, false) => agents.OrderBy(agent => agent.Model).ThenByDescending(agent => agent.Id),
        (AgentSort.Model, true) => agents.OrderByDescending(agent => agent.Model).ThenBy(agent => agent.Id),
        (_, true) => agents.OrderBy(agent => agent.Id),
        _ => agents.OrderByDescending(agent => agent.Id),
    };

    private static IQueryable<AgentSummary> Select(IQueryable<Agent> agents) => agents.Select(agent => new AgentSummary(
        agent.Id, agent.Name, agent.Model, agent.Status, agent.Operation, agent.OperationWorkflow, agent.HeartbeatEnabled,
        agent.LastHeartbeatAt, agent.NextHeartbeatAt, agent.HeartbeatFailures, agent.DegradedAt, agent.ErrorMessage, agent.CreatedAt, agent.UpdatedAt));
}

/// <param name="Text">Part of a name or model in any case, or an id; null for all.</param>
/// <param name="Statuses">Any of them; none for all.</param>
/// <param name="Sort">The order.</param>
/// <param name="Limit">The page's size.</param>
/// <param name="Offset">How many to skip.</param>
/// <param name="Reversed">The same order from its end.</param>
public sealed record AgentSearch(string? Text, IReadOnlyList<AgentStatus> Statuses, AgentSort Sort, int Limit, int Offset, bool Reversed = false);

public enum AgentSort
{
    Newest,
    Name,
    NextBeat,
    Changed,
    Status,
    Model,
    LastBeat,
}

/// <summary>What a list shows of an agent.</summary>
public sealed record AgentSummary(
    Guid Id, string Name, string Model, AgentStatus Status, AgentOperation? Operation, Guid? OperationWorkflow, bool HeartbeatEnabled,
    DateTimeOffset? LastHeartbeatAt, DateTimeOffset? NextHeartbeatAt, int HeartbeatFailures, DateTimeOffset? DegradedAt, string? ErrorMessage,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
