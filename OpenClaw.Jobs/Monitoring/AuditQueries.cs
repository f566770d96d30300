using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Security;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Reads who asked for what.</summary>
public sealed class AuditQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>Newest first.</summary>
    /// <param name="subject">What it was about, e.g. <c>agent:{id}</c>; null for everything.</param>
    /// <param name="before">The last entry of the page before; null for the first page.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<AuditEntry>> ListAsync(string? subject, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AuditLog.AsNoTracking()
            .Where(entry => (subject == null || entry.Subject == subject) && (before == null || entry.Id < before))
            .OrderByDescending(entry => entry.Id).Take(limit).ToListAsync(cancellationToken);
    }
}
