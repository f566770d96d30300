using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;

namespace OpenClaw.Jobs.Runtimes.RunLogs;

internal static class RunLogDbContextExtensions
{
    /// <summary>What an agent has said in a turn since it last began, on whatever node; null for nothing.</summary>
    public static async Task<string?> SaidInRunAsync(this OpenClawDbContext db, Guid runId, CancellationToken cancellationToken) => (await db.Database.SqlQuery<string?>(
        $"""
        SELECT string_agg(text, '' ORDER BY "offset") AS "Value" FROM openclaw.run_log
        WHERE run_id = {runId} AND "offset" >= (SELECT max("offset") FROM openclaw.run_log WHERE run_id = {runId} AND position = 0)
        """).ToListAsync(cancellationToken)).Single();
}
