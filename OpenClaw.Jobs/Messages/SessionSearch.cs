using Microsoft.EntityFrameworkCore;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Conversations;

namespace OpenClaw.Jobs.Messages;

/// <summary>Which conversations are meant.</summary>
public sealed record SessionSearch
{
    /// <summary>Null for those of all agents.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Any of them stands in the key, the label, or the agent's name, in whatever case; empty for all conversations.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The whole label; null for any.</summary>
    public string? Label { get; init; }

    /// <summary>Those that are put away, or those that are not; null for both.</summary>
    public bool? IsArchived { get; init; } = false;

    /// <summary>Those that were used since; null for all.</summary>
    public DateTimeOffset? UsedSince { get; init; }

    public int Offset { get; init; }

    public required int Limit { get; init; }

    internal IQueryable<Session> In(IQueryable<Session> sessions, IQueryable<Agent> agents)
    {
        if (AgentId is { } agentId)
        {
            sessions = sessions.Where(session => session.AgentId == agentId);
        }

        if (Label is { } label)
        {
            sessions = sessions.Where(session => session.Label == label);
        }

        if (IsArchived is { } archived)
        {
            sessions = sessions.Where(session => (session.ArchivedAt != null) == archived);
        }

        if (UsedSince is { } since)
        {
            sessions = sessions.Where(session => session.UpdatedAt >= since);
        }

        if (Texts.Count == 0)
        {
            return sessions;
        }

        var patterns = Texts.Select(LikePattern.Containing).ToArray();
        return sessions.Where(session => patterns.Any(pattern =>
            EF.Functions.ILike(session.Key, pattern, LikePattern.Escape)
            || EF.Functions.ILike(session.Label!, pattern, LikePattern.Escape)
            || agents.Any(agent => agent.Id == session.AgentId && EF.Functions.ILike(agent.Name, pattern, LikePattern.Escape))));
    }
}
