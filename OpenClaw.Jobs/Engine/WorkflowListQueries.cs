using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Jobs.Engine;

/// <summary>Finds runs among many, newest first. Every filter follows an index: ids grow with time, and failures have their own.</summary>
public sealed class WorkflowListQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    public async Task<List<Workflow>> SearchAsync(WorkflowSearch search, string owner, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = OfText(db, search.Text).AsNoTracking().Where(workflow => workflow.Owner == owner);
        runs = Standing(runs, search.Standing);
        if (search.Name is { } name)
        {
            runs = runs.Where(workflow => workflow.Name == name);
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

        if (search.EndedIn is { } hour && hour.AddHours(1) is var next && Uuid7.Floor(next) is var later)
        {
            // None of them began after it: that keeps the search to its part of the ids.
            runs = runs.Where(workflow => workflow.CompletedAt >= hour && workflow.CompletedAt < next && workflow.WorkflowUuid < later);
        }

        if (search.Before is { } before)
        {
            runs = runs.Where(workflow => workflow.WorkflowUuid < before);
        }

        return await runs.OrderByDescending(workflow => workflow.WorkflowUuid).Take(search.Limit).ToListAsync(cancellationToken);
    }

    /// <summary>Whether there was a workflow of that name, which this build may not know any more.</summary>
    public async Task<bool> HasRunAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workflows.AnyAsync(workflow => workflow.Name == name, cancellationToken);
    }

    // As OfStatus does, with the condition of a partial index in the statement itself.
    private static IQueryable<Workflow> Standing(IQueryable<Workflow> runs, WorkflowStanding? standing) => standing switch
    {
        WorkflowStanding.Open => runs.Where(run => run.CompletedAt == null),
        WorkflowStanding.Failed => runs.Where(run => run.Status == EF.Constant(WorkflowStatus.Error) || run.Status == EF.Constant(WorkflowStatus.RetriesExceeded)),
        { } status => WorkflowQueries.OfStatus(runs, EnumText.Parse<WorkflowStatus>(EnumText.ToLower(status))),
        null => runs,
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

/// <param name="Text">The run's id, or part of why it ended without success; null for all.</param>
/// <param name="Standing">Null for all.</param>
/// <param name="Name">Of the workflow; null for all.</param>
/// <param name="AgentId">Null for all.</param>
/// <param name="Since">Started then or later; null for all.</param>
/// <param name="EndedSince">Ended then or later, or open; null for all.</param>
/// <param name="Before">The last run of the page before; null for the first page.</param>
/// <param name="Limit">The page's size.</param>
/// <param name="EndedIn">Ended within the hour that begins then; null for all.</param>
public sealed record WorkflowSearch(
    string? Text, WorkflowStanding? Standing, string? Name, Guid? AgentId, DateTimeOffset? Since, DateTimeOffset? EndedSince, Guid? Before, int Limit, DateTimeOffset? EndedIn = null);
