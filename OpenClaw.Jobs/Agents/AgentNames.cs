using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Decisions;

namespace OpenClaw.Jobs.Agents;

/// <summary>
/// How clients of the OpenClaw protocol name agents: by the slug in the agent's own session key. Our id does as well, and
/// so does the plain part of the slug as long as one agent alone has it. <c>main</c> is the default agent: the one of that
/// name, else the oldest.
/// </summary>
public sealed class AgentNames(IDbContextFactory<OpenClawDbContext> contexts)
{
    public const string Main = "main";


    /// <summary>Begins the key of the conversation that the REST API and the dashboard use: <c>agent:web:{slug}</c>.</summary>
    public const string OwnConversation = "agent:web:";

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
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var agents = db.Agents.AsNoTracking().Where(agent => agent.UserId == caller.Owner);
        if (Guid.TryParse(name, out var id))
            return await agents.SingleOrDefaultAsync(agent => agent.Id == id, cancellationToken);

        var key = OwnConversation + name;
        if (await agents.SingleOrDefaultAsync(agent => agent.OpenclawSessionKey == key, cancellationToken) is { } exact)
            return exact;

        var present = agents.Where(agent => agent.Status != AgentStatus.Stopped);
        var pattern = $"^{OwnConversation}{System.Text.RegularExpressions.Regex.Escape(name)}-[0-9a-f]{{12}}$";
        var named = await present.Where(agent => System.Text.RegularExpressions.Regex.IsMatch(agent.OpenclawSessionKey, pattern))
            .OrderBy(agent => agent.Id).Take(2).ToListAsync(cancellationToken);
        if (named.Count == 1 || (name == Main && named.Count > 0))
            return named[0];

        return name == Main ? await present.OrderBy(agent => agent.Id).FirstOrDefaultAsync(cancellationToken) : null;
    }
}
