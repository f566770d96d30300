using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Agents;

/// <summary>
/// How clients of the OpenClaw protocol name agents: by the slug in the agent's own session key. Our id does as well, and
/// so do its name and the plain part of the slug as long as one agent alone has it. <c>main</c> is the default agent: the
/// one of that name, else the oldest.
/// </summary>
public sealed class AgentLookup(IDbContextFactory<OpenClawDbContext> contexts)
{
    public const string Main = "main";

    // What is longer names nobody, and is not worth a look at all agents.
    private const int MaxNameLength = 255;

    /// <summary>Begins the key of the conversation that the REST API and the dashboard use: <c>agent:web:{slug}</c>.</summary>
    public const string OwnConversation = "agent:web:";

    // Asked for each message, and compiled once.
    private static readonly Func<OpenClawDbContext, Guid, string, CancellationToken, Task<Agent?>> FindById = EF.CompileAsyncQuery(
        (OpenClawDbContext db, Guid id, string owner, CancellationToken _) => db.Agents.AsNoTracking().SingleOrDefault(agent => agent.Id == id && agent.UserId == owner));

    /// <summary>The agent's id in the protocol.</summary>
    public static string Of(Agent agent) => OfSession(agent.OpenclawSessionKey);

    /// <summary>The agent's id in the key of one of its conversations.</summary>
    public static string OfSession(string key) =>
        key.StartsWith(OwnConversation, StringComparison.Ordinal) ? key[OwnConversation.Length..] : key.Split(':', 3)[1];

    /// <summary>The key of its main conversation.</summary>
    public static string MainSession(Agent agent) => $"agent:{Of(agent)}:{Main}";

    /// <summary>Null for a name that nobody has, or more than one; stopped agents have none.</summary>
    public async Task<Agent?> FindAsync(string name, Caller caller, CancellationToken cancellationToken)
    {
        if (name.Length > MaxNameLength)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (Guid.TryParse(name, out var id))
        {
            return caller.May(id) ? await FindById(db, id, caller.Owner, cancellationToken) : null;
        }

        var agents = db.Agents.AsNoTracking().Where(agent => agent.UserId == caller.Owner && (caller.Agents.Count == 0 || caller.Agents.Contains(agent.Id)));

        // Nobody has half a character in a name, and the database could not be asked for it.
        name = ForeignText.Clean(name);
        var key = OwnConversation + name;
        if (await agents.SingleOrDefaultAsync(agent => agent.OpenclawSessionKey == key, cancellationToken) is { } exact)
        {
            return exact;
        }

        var named = await NamedAsync(db, name, caller, cancellationToken);
        if (named.Count == 1 || (name == Main && named.Count > 0))
        {
            return named[0];
        }

        return name == Main
            ? await agents.Where(agent => agent.Status != AgentStatus.Stopped).OrderBy(agent => agent.Id).FirstOrDefaultAsync(cancellationToken)
            : null;
    }

    // Two at most, the oldest first. Each of the three ways has an index: the key without its last 13 characters, dash and
    // digits, is what the first two ask for.
    private static Task<List<Agent>> NamedAsync(OpenClawDbContext db, string name, Caller caller, CancellationToken cancellationToken)
    {
        string[] keys = [OwnConversation + name, OwnConversation + AgentSlug.Of(name)];
        var only = caller.Agents.Count == 0 ? null : caller.Agents.ToArray();
        return db.Agents.FromSql(
            $"""
            SELECT *, xmin FROM openclaw.agents
            WHERE user_id = {caller.Owner} AND status <> 'stopped' AND ({only}::uuid[] IS NULL OR id = ANY ({only}))
              AND ((left(openclaw_session_key, -13) = ANY ({keys}) AND right(openclaw_session_key, 13) ~ '^-[0-9a-f]+$') OR name = {name})
            """).AsNoTracking().OrderBy(agent => agent.Id).Take(2).ToListAsync(cancellationToken);
    }
}
