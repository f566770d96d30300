using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conversations;

namespace OpenClaw.Jobs.Agents;

/// <summary>Reads what agents' turns took.</summary>
public sealed class AgentUsages(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    /// <summary>So many days are shown.</summary>
    public const int Shown = 31;

    /// <summary>Input and output together, since midnight UTC.</summary>
    public long TokensToday(IEnumerable<AgentUsage> days)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return days.Where(day => day.Day == today).Sum(day => day.InputTokens + day.OutputTokens);
    }

    /// <summary>Day by day, the last one first; days without a turn are absent.</summary>
    public async Task<IReadOnlyList<AgentUsage>> ReadAsync(Guid agentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<AgentUsage>().AsNoTracking().Where(usage => usage.AgentId == agentId)
            .OrderByDescending(usage => usage.Day).Take(Shown).ToListAsync(cancellationToken);
    }
}
