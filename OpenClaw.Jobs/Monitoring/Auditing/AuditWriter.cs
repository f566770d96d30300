using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Security;

namespace OpenClaw.Jobs.Monitoring.Auditing;

/// <summary>Writes entries of what has no transaction of its own to stand in.</summary>
public sealed class AuditWriter(IDbContextFactory<OpenClawDbContext> contexts)
{
    public async Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.AuditLog.Add(entry);
        await db.SaveChangesAsync(cancellationToken);
    }
}
