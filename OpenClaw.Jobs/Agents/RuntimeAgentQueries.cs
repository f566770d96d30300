using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents;

/// <summary>Reads an agent for its runtime, and holds no connection while the runtime works.</summary>
public sealed class RuntimeAgentQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    // The agent's resume wakes it; this is for an agent that rests for good.
    private static readonly TimeSpan AskResting = TimeSpan.FromMinutes(10);

    public async Task<RuntimeAgent> ReadAsync(Guid agentId, CancellationToken cancellationToken) => RuntimeAgent.From(await ReadAgentAsync(agentId, cancellationToken));

    /// <summary>The same, for a turn that may have waited for its next attempt while the agent was put to rest; its model is that of the conversation, if that has one.</summary>
    /// <param name="agentId">Whose turn it is.</param>
    /// <param name="sessionKey">The conversation; null for the agent's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StepNotReadyException">The agent rests; its turn goes on when it is back.</exception>
    /// <exception cref="StepFailedException">The agent will not be back.</exception>
    public async Task<RuntimeAgent> ReadForTurnAsync(Guid agentId, string? sessionKey, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Agents.AsNoTracking().Where(agent => agent.Id == agentId)
            .Select(agent => new { Agent = agent, Model = db.Sessions.Where(session => session.Key == (sessionKey ?? agent.OpenclawSessionKey)).Select(session => session.Model).FirstOrDefault() })
            .SingleAsync(cancellationToken);
        return found.Agent switch
        {
            { Status: AgentStatus.Stopped } => throw new StepFailedException("agent_stopped", "The agent was stopped before it had answered.") { NonRetryable = true },
            { Status: AgentStatus.Paused } or { Operation: AgentOperation.Pause or AgentOperation.Stop } =>
                throw new StepNotReadyException(AskResting, "The agent rests; its turn goes on when it is back."),
            var agent => RuntimeAgent.From(agent) with { Model = found.Model ?? agent.Model },
        };
    }

    /// <summary>All that is known of the agent.</summary>
    public async Task<Agent> ReadAgentAsync(Guid agentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Agents.AsNoTracking().SingleAsync(agent => agent.Id == agentId, cancellationToken);
    }
}
