using OpenClaw.Data.Conversations;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Conversations;

/// <summary>Finds the conversation that a client means by its key, by the id of its transcript, or by both.</summary>
internal sealed class SessionTargets(TargetResolver targets, ConversationStore sessions, AgentQueries agents)
{
    // How the key of a conversation goes on that a client knows by an id of its own.
    private const string Explicit = "explicit:";

    /// <summary>The conversation for <c>agentId</c>, <c>sessionId</c> and the key of a request; without a key and an id the agent's main one.</summary>
    /// <param name="given">The request's parameters.</param>
    /// <param name="keyField">Which of them is the key.</param>
    /// <param name="call">The request.</param>
    /// <exception cref="GatewayException">There is no such agent, or the id is not that of the key's conversation.</exception>
    public async Task<RunTarget> FindAsync(GatewayParams given, string keyField, GatewayCall call)
    {
        var (agentId, key, id) = (given.OptionalText("agentId"), given.OptionalText(keyField), given.Has("sessionId") ? given.Filled("sessionId").Trim() : null);
        if (id is null)
        {
            return await targets.ResolveAsync(agentId, key, call);
        }

        if (string.IsNullOrEmpty(key))
        {
            return await ByIdAsync(agentId, id, call);
        }

        var target = await targets.ResolveAsync(agentId, key, call);
        if (!IsOf(target.SessionKey, await sessions.FindAsync(target.SessionKey, call.Caller, call.Cancelled), id))
        {
            throw GatewayException.Invalid("sessionId does not belong to sessionKey: the conversation was begun anew or is another one; read its history again, or leave sessionId out", "SESSION_CHANGED");
        }

        return target;
    }

    /// <summary>Null where there is no such conversation.</summary>
    /// <param name="agentId">Whose it must be; null for anybody's.</param>
    /// <param name="sessionId">Of its transcript, or by which clients began it.</param>
    /// <param name="call">The request.</param>
    public async Task<Session?> FindByIdAsync(string? agentId, string sessionId, GatewayCall call)
    {
        var agent = agentId is null ? null : await targets.AgentAsync(agentId, call.Caller, call.Cancelled);
        if (Guid.TryParse(sessionId, out var transcript) && await sessions.FindByIdAsync(transcript, agent?.Id, call.Caller, call.Cancelled) is { } found)
        {
            return found;
        }

        var target = await targets.ResolveAsync(agentId, Explicit + sessionId, call);
        return await sessions.FindAsync(target.SessionKey, call.Caller, call.Cancelled);
    }

    // A conversation of its own, as the real gateway has it, and the same one whenever the id comes again.
    private async Task<RunTarget> ByIdAsync(string? agentId, string id, GatewayCall call)
    {
        if (Guid.TryParse(id, out var transcript))
        {
            var named = agentId is null ? null : (await targets.ResolveAsync(agentId, null, call)).Agent;
            if (await sessions.FindByIdAsync(transcript, named?.Id, call.Caller, call.Cancelled) is { } session
                && await agents.FindAsync(session.AgentId, call.Caller, call.Cancelled) is { } agent)
            {
                return new RunTarget(agent, session.Key);
            }
        }

        return await targets.ResolveAsync(agentId, Explicit + id, call);
    }

    private static bool IsOf(string key, Session? session, string id) =>
        key.EndsWith($":{Explicit}{id}", StringComparison.Ordinal) || (session is not null && Guid.TryParse(id, out var transcript) && transcript == session.SessionId);
}
