using OpenClaw.Data.Conversations;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Gateway.Conversations;

/// <summary>
/// The names that a conversation has beside its key, because its agent has some beside its slug. Clients look through lists
/// for the key that they know, character by character.
/// </summary>
internal sealed class SessionAliases(AgentLookup names, AgentQueries agents)
{
    private const string Prefix = "agent:";

    // The dash and the digits by which slugs differ.
    private const int SuffixLength = 13;

    /// <summary>What a search for the text looks for: also the key that it is a name for.</summary>
    public async Task<SoughtSession> ReadAsync(string text, Caller caller, CancellationToken cancellationToken)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Split(':', 3) is not [_, { Length: > 0 } name, .. var rest]
            || await names.FindAsync(name, caller, cancellationToken) is not { } agent)
        {
            return new SoughtSession(text, text);
        }

        return new SoughtSession(text, $"{Prefix}{AgentLookup.Of(agent)}{string.Concat(rest.Select(part => $":{part}"))}");
    }

    /// <summary>The rows of a page once more under each other name that leads to them.</summary>
    public async Task<IReadOnlyList<SessionRow>> OfAsync(IReadOnlyList<Session> page, IReadOnlyList<SessionRow> rows, Caller caller, CancellationToken cancellationToken)
    {
        var others = new Dictionary<string, List<string>>();
        foreach (var agent in (await agents.FindAsync([.. page.Select(session => session.AgentId).Distinct()], caller, cancellationToken)).Values)
        {
            var slug = AgentLookup.Of(agent);
            var known = new List<string>();
            foreach (var name in new[] { AgentLookup.Main, slug.Length > SuffixLength ? slug[..^SuffixLength] : slug, agent.Name }.Distinct())
            {
                if (name != slug && !name.Contains(':', StringComparison.Ordinal) && (await names.FindAsync(name, caller, cancellationToken))?.Id == agent.Id)
                {
                    known.Add(name);
                }
            }

            others[slug] = known;
        }

        return [.. from row in rows
            where !row.Key.StartsWith(AgentLookup.OwnConversation, StringComparison.Ordinal) && others.ContainsKey(row.AgentId)
            from name in others[row.AgentId]
            select row with { Key = $"{Prefix}{name}:{row.Key.Split(':', 3)[2]}" }];
    }
}

/// <summary>What somebody looks for.</summary>
/// <param name="Asked">As it was written.</param>
/// <param name="Key">The same, with the agent's slug for its name.</param>
internal sealed record SoughtSession(string Asked, string Key)
{
    public IReadOnlyList<string> Texts => Asked == Key ? [Asked] : [Asked, Key];

    /// <summary>The row under the name by which it was asked for, where it is exactly that conversation's.</summary>
    public SessionRow AsAsked(SessionRow row) => row.Key == Key ? row with { Key = Asked } : row;
}
