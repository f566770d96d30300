using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Jobs.Engine;

/// <summary>Finds runs among many, newest first. Every filter follows an index: ids grow with time, and failures have their own.</summary>
public sealed class WorkflowListQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>One page.</summary>
    public async Task<IReadOnlyList<Workflow>> SearchAsync(WorkflowSearch search, string owner, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<Workflow>();
        await foreach (var part in PartsAsync(db, search, owner, cancellationToken))
        {
            found.AddRange(await part.OrderByDescending(run => run.WorkflowUuid).Take(search.Limit).ToListAsync(cancellationToken));
        }

        return [.. found.DistinctBy(run => run.WorkflowUuid).OrderByDescending(run => run.WorkflowUuid).Take(search.Limit)];
    }

    /// <summary>How many there are, on whatever page; no more than <paramref name="most"/> are counted.</summary>
    public async Task<int> CountAsync(WorkflowSearch search, string owner, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new HashSet<Guid>();
        await foreach (var part in PartsAsync(db, search with { Before = null }, owner, cancellationToken))
        {
            found.UnionWith(await part.OrderByDescending(run => run.WorkflowUuid).Select(run => run.WorkflowUuid).Take(most).ToListAsync(cancellationToken));
            if (found.Count >= most)
            {
                return most;
            }
        }

        return found.Count;
    }

    /// <summary>Whether there was a workflow of that name, which this build may not know any more.</summary>
    public async Task<bool> HasRunAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workflows.AnyAsync(workflow => workflow.Name == name, cancellationToken);
    }

    // Searches that follow an index each; the runs of all of them are meant.
    private static async IAsyncEnumerable<IQueryable<Workflow>> PartsAsync(
        OpenClawDbContext db, WorkflowSearch search, string owner, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (search is { Without: { } without, Text: null or "", Name: null, AgentId: null, Since: null, EndedSince: null, EndedIn: null, Standings.Count: 0 })
        {
            // What is left out may be all but a few of millions: the others are looked for by name.
            foreach (var name in (await NamesAsync(db, cancellationToken)).Where(name => name != without))
            {
                yield return Matching(db, search with { Without = null, Name = name }, owner);
            }

            yield return Standing(Matching(db, search with { Without = null, Name = without }, owner), WorkflowStanding.Failed);
            yield break;
        }

        var all = Matching(db, search, owner);
        if (search.Standings.Count == 0)
        {
            yield return all;
        }

        foreach (var standing in search.Standings)
        {
            yield return Standing(all, standing);
        }
    }

    // From one name to the next in the index over names, however many runs each has.
    private static async Task<List<string>> NamesAsync(OpenClawDbContext db, CancellationToken cancellationToken) => await db.Database.SqlQuery<string>(
        $"""
        WITH RECURSIVE named AS (
            (SELECT name FROM openclaw_system.workflow_status ORDER BY name LIMIT 1)
            UNION ALL
            SELECT (SELECT later.name FROM openclaw_system.workflow_status later WHERE later.name > named.name ORDER BY later.name LIMIT 1)
            FROM named WHERE named.name IS NOT NULL
        )
        SELECT name AS "Value" FROM named WHERE name IS NOT NULL
        """).ToListAsync(cancellationToken);

    private static IQueryable<Workflow> Matching(OpenClawDbContext db, WorkflowSearch search, string owner)
    {
        var runs = OfText(db, search.Text).AsNoTracking().Where(workflow => workflow.Owner == owner);
        if (search.Name is { } name)
        {
            runs = runs.Where(workflow => workflow.Name == name);
        }

        if (search.Without is { } without)
        {
            runs = runs.Where(workflow => workflow.Name != without || workflow.Status == WorkflowStatus.Error || workflow.Status == WorkflowStatus.RetriesExceeded);
        }

        if (search.AgentId is { } agent)
        {
            runs = runs.Where(workflow => workflow.AgentId == agent);
        }

        if (search.Since is { } since && Uuid7.Floor(since) is var first)
        {
            runs = runs.Where(workflow => workflow.WorkflowUuid >= first);
        }

        if (search.EndedSince is { } ended)
        {
            runs = runs.Where(workflow => workflow.CompletedAt >= ended || workflow.CompletedAt == null);
        }

        if (search.EndedIn is (var begin, var length) && begin + length is var end && Uuid7.Floor(end) is var later)
        {
            // None of them began after it: that keeps the search to its part of the ids.
            runs = runs.Where(workflow => workflow.CompletedAt >= begin && workflow.CompletedAt < end && workflow.WorkflowUuid < later);
        }

        if (search.Before is { } before)
        {
            runs = runs.Where(workflow => workflow.WorkflowUuid < before);
        }

        return runs;
    }

    // As OfStatus does, with the condition of a partial index in the statement itself.
    private static IQueryable<Workflow> Standing(IQueryable<Workflow> runs, WorkflowStanding standing) => standing switch
    {
        WorkflowStanding.Open => runs.Where(run => run.CompletedAt == null),
        WorkflowStanding.Failed => runs.Where(run => run.Status == EF.Constant(WorkflowStatus.Error) || run.Status == EF.Constant(WorkflowStatus.RetriesExceeded)),
        _ => WorkflowQueries.OfStatus(runs, EnumText.Parse<WorkflowStatus>(EnumText.ToLower(standing))),
    };

    private static IQueryable<Workflow> OfText(OpenClawDbContext db, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return db.Workflows;
        }

        var pattern = LikePattern.Containing(text.Trim());
        return Guid.TryParse(text, out var uuid)
            ? db.Workflows.Where(workflow => workflow.WorkflowUuid == uuid)
            : db.Workflows.FromSql(
                $"""
                SELECT * FROM openclaw_system.workflow_status
                WHERE (status IN ('ERROR', 'RETRIES_EXCEEDED') OR status = 'CANCELLED') AND error ->> 'message' ILIKE {pattern}
                """);
    }
}
