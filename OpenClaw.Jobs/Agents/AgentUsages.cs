using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conversations;

namespace OpenClaw.Jobs.Agents;

/// <summary>Reads what agents' turns took.</summary>
public sealed class AgentUsages(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    /// <summary>Today, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Day by day, the last one first; days without a turn are absent.</summary>
    public async Task<IReadOnlyList<AgentUsage>> ReadAsync(Guid agentId, int days, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<AgentUsage>().AsNoTracking().Where(usage => usage.AgentId == agentId)
            .OrderByDescending(usage => usage.Day).Take(days).ToListAsync(cancellationToken);
    }
}
