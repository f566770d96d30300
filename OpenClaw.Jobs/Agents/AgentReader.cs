using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents;

/// <summary>Reads an agent for its runtime, and holds no connection while the runtime works.</summary>
public sealed class AgentReader(IDbContextFactory<OpenClawDbContext> contexts)
{
    public async Task<RuntimeAgent> ReadAsync(Guid agentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return RuntimeAgent.From(await db.Agents.AsNoTracking().SingleAsync(agent => agent.Id == agentId, cancellationToken));
    }

    /// <summary>The same, with the database's clock.</summary>
    public async Task<(RuntimeAgent Agent, DateTimeOffset Now)> ReadWithClockAsync(Guid agentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (agent, now) = await db.ReadAgentAsync(agentId, cancellationToken);
        return (RuntimeAgent.From(agent), now);
    }
}
