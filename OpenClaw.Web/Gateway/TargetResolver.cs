using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Gateway;

/// <summary>Finds the agent and the conversation that a client means.</summary>
internal sealed class TargetResolver(AgentNames names, AgentQueries agents, AgentService service, DefaultModel model, WorkflowCompletions completions)
{
    // For a newcomer whose first words go to the default agent before there is any.

    private static readonly TimeSpan FirstAgentLimit = TimeSpan.FromSeconds(30);

    /// <param name="agentId">As the client names it; null for whose the session is, or the default agent.</param>
    /// <param name="sessionKey">In full, or its last part; null for the agent's main session.</param>
    /// <param name="method">Named in messages.</param>
    /// <param name="caller">Whose agents these are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GatewayException">There is no such agent.</exception>
    public async Task<RunTarget> ResolveAsync(string? agentId, string? sessionKey, string method, Caller caller, CancellationToken cancellationToken)
    {
        if (sessionKey is not null && sessionKey.StartsWith("agent:", StringComparison.Ordinal))
            return await FromKeyAsync(sessionKey, caller, cancellationToken);

        var agent = await FindAsync(agentId ?? AgentNames.Main, caller, cancellationToken)
            ?? throw GatewayException.Invalid($"invalid {method} params: unknown agent id \"{agentId}\"", "UNKNOWN_AGENT_ID");
        return new RunTarget(agent, sessionKey is null ? AgentNames.MainSession(agent) : $"agent:{AgentNames.Of(agent)}:{sessionKey}");
    }

    /// <summary>The agent by its id in the protocol, or ours.</summary>
    /// <exception cref="GatewayException">There is none.</exception>
    public async Task<Agent> AgentAsync(string agentId, Caller caller, CancellationToken cancellationToken) =>
        await names.FindAsync(agentId, caller, cancellationToken) ?? throw GatewayException.Invalid($"agent \"{agentId}\" not found", "UNKNOWN_AGENT_ID");

    private async Task<RunTarget> FromKeyAsync(string sessionKey, Caller caller, CancellationToken cancellationToken)
    {
        if (sessionKey.StartsWith(AgentNames.OwnConversation, StringComparison.Ordinal))
            return new RunTarget(await names.FindAsync(AgentNames.OfSession(sessionKey), caller, cancellationToken) ?? throw Gone(sessionKey), sessionKey);

        var parts = sessionKey.Split(':', 3);
        if (parts.Length < 3 || parts[1].Length == 0 || parts[2].Length == 0)
            throw Gone(parts.ElementAtOrDefault(1) ?? "");

        var agent = await FindAsync(parts[1], caller, cancellationToken) ?? throw Gone(parts[1]);
        return new RunTarget(agent, $"agent:{AgentNames.Of(agent)}:{parts[2]}");
    }

    private static GatewayException Gone(string agent) => GatewayException.Invalid($"Agent \"{agent}\" no longer exists in configuration", "UNKNOWN_AGENT_ID");

    private async Task<Agent?> FindAsync(string name, Caller caller, CancellationToken cancellationToken) =>
        await names.FindAsync(name, caller, cancellationToken)
        ?? (name == AgentNames.Main ? await CreateFirstAsync(caller, cancellationToken) : null);

    // Two who come at once have one key, and so make one agent.
    private async Task<Agent?> CreateFirstAsync(Caller caller, CancellationToken cancellationToken)
    {
        var first = new NewAgent(AgentNames.Main, null, model.Name, null, null, null, null, null);
        var key = new RequestKey(caller.Owner, "gateway:first-agent", new byte[32]);
        if (await service.CreateAndProvisionAsync(first, caller, key, cancellationToken) is not Decision<StartedOperation>.Accepted { Value: var started })
            return null;

        if (started.WorkflowUuid is { } workflow)
            await completions.WaitAsync(workflow, FirstAgentLimit, cancellationToken);

        return await agents.FindAsync(started.AgentId, caller, cancellationToken);
    }
}

/// <summary>Whom a message is for, and in which conversation.</summary>
internal sealed record RunTarget(Agent Agent, string SessionKey);
