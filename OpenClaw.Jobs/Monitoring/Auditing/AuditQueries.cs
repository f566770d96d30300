using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Security;

namespace OpenClaw.Jobs.Monitoring.Auditing;

/// <summary>Which entries of the audit log are meant; null for all.</summary>
/// <param name="Actor">Who asked.</param>
/// <param name="Action">A dotted name, or with a dot at its end all that begin with it.</param>
/// <param name="Subject">What it was about, e.g. <c>agent:{id}</c>.</param>
/// <param name="From">Not older.</param>
/// <param name="Until">Older.</param>
public sealed record AuditFilter(string? Actor = null, string? Action = null, string? Subject = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>Reads who asked for what.</summary>
public sealed class AuditQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>Newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">The last entry of the page before; null for the first page.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<AuditEntry>> ListAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Matching(db, filter).Where(entry => before == null || entry.Id < before).OrderByDescending(entry => entry.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>All of them, oldest first, read as they are taken.</summary>
    public async IAsyncEnumerable<AuditEntry> ReadAsync(AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var entry in Matching(db, filter).OrderBy(entry => entry.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return entry;
        }
    }

    private static IQueryable<AuditEntry> Matching(OpenClawDbContext db, AuditFilter filter)
    {
        var entries = db.AuditLog.AsNoTracking();
        if (filter.Actor is { } actor)
        {
            entries = entries.Where(entry => entry.Actor == actor);
        }

        if (filter.Action is { } action)
        {
            entries = action.EndsWith('.') ? entries.Where(entry => entry.Action.StartsWith(action)) : entries.Where(entry => entry.Action == action);
        }

        if (filter.Subject is { } subject)
        {
            entries = entries.Where(entry => entry.Subject == subject);
        }

        if (filter.From is { } from)
        {
            entries = entries.Where(entry => entry.CreatedAt >= from);
        }

        return filter.Until is { } until ? entries.Where(entry => entry.CreatedAt < until) : entries;
    }
}
