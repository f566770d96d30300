using OpenClaw.Jobs.Agents;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>What our names are at the gateway.</summary>
internal static class UpstreamSessions
{
    /// <summary>The model for which the gateway takes the one that it is set to.</summary>
    private const string Default = "default";

    /// <summary>The name of an agent that we create; unique, and a slug already.</summary>
    public static string NameOf(RuntimeAgent agent) => AgentSlug.Ascii(AgentLookup.OfSession(agent.SessionKey));

    /// <summary>Our own conversation is the agent's main one there. Heartbeats have one to themselves: two runs at a time in one would mix.</summary>
    public static string KeyOf(RuntimeAgent agent, Turn turn)
    {
        var key = turn.SessionKey ?? agent.SessionKey;
        var rest = turn.Kind is TurnKind.Heartbeat ? "heartbeat"
            : key.StartsWith(AgentLookup.OwnConversation, StringComparison.Ordinal) ? AgentLookup.Main
            : key.Split(':', 3) is [_, _, { Length: > 0 } own] ? own
            : AgentLookup.Main;
        return $"agent:{agent.RuntimeId}:{rest}";
    }

    /// <summary><c>openclaw/{model}</c>, as the gateway names its models; null for its default.</summary>
    public static string? ModelOf(string model)
    {
        var name = model[(model.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return name == Default ? null : name;
    }
}
