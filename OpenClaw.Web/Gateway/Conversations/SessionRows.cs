using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conversations;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Conversations;

/// <summary>Conversations as clients see them.</summary>
internal sealed class SessionRows(ConversationStore sessions, SessionFacts facts, AgentQueries agents, RuntimeCatalog runtimes)
{
    private const int MaxTitle = 60;
    private const int MaxPreview = 160;

    /// <summary>The rows of a page, in its order.</summary>
    public async Task<IReadOnlyList<SessionRow>> ReadAsync(IReadOnlyList<Session> page, SessionTexts texts, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await agents.FindAsync([.. page.Select(session => session.AgentId)], caller, cancellationToken);
        var busy = (await sessions.UnderWayAsync([.. page.Select(session => session.Key)], cancellationToken)).ToLookup(message => message.SessionKey, message => message.MessageId);
        var said = await facts.ReadAsync(page, cancellationToken);
        return [.. from session in page
            where owners.ContainsKey(session.AgentId)
            select Row(session, owners[session.AgentId], [.. busy[session.Key]], said.GetValueOrDefault(session.Key), texts)];
    }

    /// <summary>Null for one that nobody has used.</summary>
    public async Task<SessionRow?> FindAsync(string key, SessionTexts texts, Caller caller, CancellationToken cancellationToken) =>
        await sessions.FindAsync(key, caller, cancellationToken) is { } session && await ReadAsync([session], texts, caller, cancellationToken) is [var row] ? row : null;

    /// <summary>A conversation in which nothing was said yet.</summary>
    public SessionRow Unused(RunTarget target)
    {
        var (provider, model) = Split(target.Agent.Model);
        return new SessionRow(target.SessionKey, null, AgentLookup.Of(target.Agent), "direct", "direct", target.Agent.Name, null, null, null, provider, model, false)
        {
            IsMain = target.SessionKey == AgentLookup.MainSession(target.Agent),
            ContextTokens = ContextOf(target.Agent, target.Agent.Model),
        };
    }

    /// <summary>What conversations of the agent have for which nothing is set.</summary>
    public ModelDefaults DefaultsOf(Agent agent)
    {
        var (provider, model) = Split(agent.Model);
        return new ModelDefaults(provider, model, ContextOf(agent, agent.Model));
    }

    /// <summary>The parts of <c>provider/name</c>.</summary>
    public static (string Provider, string Model) Split(string model) => model.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? (model[..slash], model[(slash + 1)..]) : (model, model);

    private int? ContextOf(Agent agent, string model) => runtimes.Find(model)?.ContextTokensOf(agent.Configuration);

    private SessionRow Row(Session session, Agent agent, IReadOnlyList<string> busy, SessionFact? said, SessionTexts texts)
    {
        var (provider, model) = Split(session.Model ?? agent.Model);
        var settings = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(session.Settings)!;
        return new SessionRow(
            session.Key, session.SessionId.ToString(), AgentLookup.Of(agent), "direct", "direct", session.Label ?? agent.Name, session.Label,
            session.CreatedAt.ToUnixTimeMilliseconds(), session.UpdatedAt.ToUnixTimeMilliseconds(), provider, model, busy.Count > 0)
        {
            IsMain = session.Key == AgentLookup.MainSession(agent),
            Status = busy.Count > 0 ? "running" : said is null ? null : "done",
            ActiveRunIds = busy.Count > 0 ? busy : null,
            ModelOverrideSource = session.Model is null ? null : "user",
            ContextTokens = ContextOf(agent, session.Model ?? agent.Model),
            InputTokens = said?.InputTokens,
            OutputTokens = said?.OutputTokens,
            TotalTokens = said is null ? 0 : said.InputTokens + said.OutputTokens,
            TotalTokensFresh = said is null or { InputTokens: not null } ? true : null,
            Archived = session.ArchivedAt is null ? null : true,
            ArchivedAt = session.ArchivedAt?.ToUnixTimeMilliseconds(),
            Pinned = settings.ContainsKey(SessionPatch.PinnedAt) ? true : null,
            Unread = settings.ContainsKey(SessionPatch.MarkedUnreadAt) ? true : null,
            ParentSessionKey = session.ParentKey,
            DerivedTitle = texts.HasFlag(SessionTexts.Title) && said is not null ? ForeignText.OneLine(said.First, MaxTitle) : null,
            LastMessagePreview = texts.HasFlag(SessionTexts.LastMessage) && said is not null ? ForeignText.OneLine(said.Last, MaxPreview) : null,
            Settings = settings.Count > 0 ? settings : null,
        };
    }
}

/// <summary>Which texts a row shows of what was said.</summary>
[Flags]
internal enum SessionTexts
{
    None = 0,
    Title = 1,
    LastMessage = 2,
}
