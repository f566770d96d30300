using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Finds the agent and the conversation that a client means.</summary>
internal sealed class TargetResolver(AgentLookup names, FirstAgent first)
{
    /// <summary>For a client of the gateway: one that may write has the default agent made when there is none.</summary>
    /// <inheritdoc cref="ResolveAsync(string?, string?, string, Caller, bool, CancellationToken)" path="/exception"/>
    public Task<RunTarget> ResolveAsync(string? agentId, string? sessionKey, GatewayCall call) =>
        ResolveAsync(agentId, sessionKey, call.Method, call.Caller, call.MayWrite, call.Cancelled);

    /// <param name="agentId">As the client names it; null for whose the session is, or the default agent.</param>
    /// <param name="sessionKey">In full, or its last part; null or empty for the agent's main session.</param>
    /// <param name="method">Named in messages.</param>
    /// <param name="caller">Whose agents these are.</param>
    /// <param name="mayCreate">Whether the default agent is made when there is none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GatewayException">There is no such agent, the session is another agent's, or its key is too long.</exception>
    public async Task<RunTarget> ResolveAsync(string? agentId, string? sessionKey, string method, Caller caller, bool mayCreate, CancellationToken cancellationToken)
    {
        if (sessionKey is { Length: > 0 } && sessionKey.StartsWith("agent:", StringComparison.Ordinal))
        {
            var meant = Checked(await FromKeyAsync(sessionKey, caller, mayCreate, cancellationToken), method);
            return agentId is null || (await NamedAsync(agentId, method, caller, mayCreate, cancellationToken)).Id == meant.Agent.Id
                ? meant
                : throw GatewayException.Invalid($"invalid {method} params: agent \"{ForeignText.Quote(agentId)}\" does not match session key agent \"{AgentLookup.Of(meant.Agent)}\"");
        }

        var agent = await NamedAsync(agentId ?? AgentLookup.Main, method, caller, mayCreate, cancellationToken);
        return Checked(new RunTarget(agent, sessionKey is { Length: > 0 } ? $"agent:{AgentLookup.Of(agent)}:{sessionKey}" : AgentLookup.MainSession(agent)), method);
    }

    /// <summary>The agent by its id in the protocol, or ours.</summary>
    /// <exception cref="GatewayException">There is none.</exception>
    public async Task<Agent> AgentAsync(string agentId, Caller caller, CancellationToken cancellationToken) =>
        await names.FindAsync(agentId, caller, cancellationToken) ?? throw GatewayException.Invalid($"agent \"{ForeignText.Quote(agentId)}\" not found", "UNKNOWN_AGENT_ID");

    private async Task<RunTarget> FromKeyAsync(string sessionKey, Caller caller, bool mayCreate, CancellationToken cancellationToken)
    {
        if (sessionKey.StartsWith(AgentLookup.OwnConversation, StringComparison.Ordinal))
        {
            return new RunTarget(await names.FindAsync(AgentLookup.OfSession(sessionKey), caller, cancellationToken) ?? throw Gone(sessionKey), sessionKey);
        }

        var parts = sessionKey.Split(':', 3);
        if (parts.Length < 3 || parts[1].Length == 0 || parts[2].Length == 0)
        {
            throw Gone(parts.ElementAtOrDefault(1) ?? "");
        }

        var agent = await FindAsync(parts[1], caller, mayCreate, cancellationToken) ?? throw Gone(parts[1]);
        return new RunTarget(agent, $"agent:{AgentLookup.Of(agent)}:{parts[2]}");
    }

    // It becomes part of an index, and of what nodes tell each other.
    private static RunTarget Checked(RunTarget target, string method) => MessageRules.IsAddress(target.SessionKey)
        ? target
        : throw GatewayException.Invalid($"invalid {method} params: at /sessionKey: may have up to {MessageRules.MaxIdLength} characters, with the agent's name in front, and no control characters");

    private static GatewayException Gone(string agent) => GatewayException.Invalid($"Agent \"{ForeignText.Quote(agent)}\" no longer exists in configuration", "UNKNOWN_AGENT_ID");

    private async Task<Agent> NamedAsync(string agentId, string method, Caller caller, bool mayCreate, CancellationToken cancellationToken) =>
        await FindAsync(agentId, caller, mayCreate, cancellationToken)
        ?? throw GatewayException.Invalid($"invalid {method} params: unknown agent id \"{ForeignText.Quote(agentId)}\"", "UNKNOWN_AGENT_ID");

    private async Task<Agent?> FindAsync(string name, Caller caller, bool mayCreate, CancellationToken cancellationToken)
    {
        var agent = await names.FindAsync(name, caller, cancellationToken);
        if (!mayCreate)
        {
            return agent;
        }

        // One that was made a moment before is waited for: it takes messages when it runs.
        return agent is not null ? await first.AwaitAsync(agent, caller, cancellationToken)
            : name == AgentLookup.Main ? await first.CreateAsync(caller, cancellationToken)
            : null;
    }
}

/// <summary>Whom a message is for, and in which conversation.</summary>
internal sealed record RunTarget(Agent Agent, string SessionKey);
