using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;

namespace OpenClaw.Jobs.Agents;

/// <summary>Reads what agents' turns took.</summary>
public sealed class UsageQueries(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
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

    /// <summary>What all agents of an owner took, day by day from the first to the last; days without a turn are absent.</summary>
    /// <param name="owner">Whose agents.</param>
    /// <param name="agentId">One of them; null for all.</param>
    /// <param name="first">The first day (UTC).</param>
    /// <param name="last">The last day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<DayUsage>> ReadAsync(string owner, Guid? agentId, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from usage in db.Set<AgentUsage>()
            join agent in db.Agents on usage.AgentId equals agent.Id
            where agent.UserId == owner && (agentId == null || agent.Id == agentId) && usage.Day >= first && usage.Day <= last
            group usage by usage.Day into day
            orderby day.Key
            select new DayUsage(day.Key, day.Sum(row => row.Turns), day.Sum(row => row.InputTokens), day.Sum(row => row.OutputTokens))).ToListAsync(cancellationToken);
    }
}

/// <summary>What the turns of several agents took on one day (UTC).</summary>
public sealed record DayUsage(DateOnly Day, long Turns, long InputTokens, long OutputTokens);
