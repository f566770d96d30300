using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Jobs.Engine;

/// <summary>Reads the ledger.</summary>
public sealed class WorkflowQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>Null for an unknown run and for somebody else's.</summary>
    public Task<Workflow?> FindAsync(Guid workflowUuid, string owner, CancellationToken cancellationToken) => ReadAsync(
        db => db.Workflows.AsNoTracking().SingleOrDefaultAsync(workflow => workflow.WorkflowUuid == workflowUuid && workflow.Owner == owner, cancellationToken),
        cancellationToken);

    /// <summary>Newest first. The uuid of a page's last run is the cursor of the next page.</summary>
    public Task<List<Workflow>> ListAsync(WorkflowFilter filter, string owner, int limit, CancellationToken cancellationToken)
    {
        // Ids grow with time: the filter follows the index that gives the order.
        Guid? first = filter.Since is { } since ? Uuid7.Floor(since) : null;
        return ReadAsync(
        db => OfStatus(db.Workflows.AsNoTracking(), filter.Status)
            .Where(workflow => workflow.Owner == owner
                && (filter.Name == null || workflow.Name == filter.Name)
                && (filter.AgentId == null || workflow.AgentId == filter.AgentId)
                && (first == null || workflow.WorkflowUuid >= first)
                && (filter.Before == null || workflow.WorkflowUuid < filter.Before))
            .OrderByDescending(workflow => workflow.WorkflowUuid).Take(limit).ToListAsync(cancellationToken),
        cancellationToken);
    }

    /// <summary>Newest first: those that ended without success and that nobody has taken up.</summary>
    public Task<List<Workflow>> FailedAsync(string owner, Guid? before, int limit, CancellationToken cancellationToken) => ReadAsync(
        db => db.Workflows.AsNoTracking()
            .Where(workflow => workflow.Owner == owner && (before == null || workflow.WorkflowUuid < before)
                && (workflow.Status == EF.Constant(WorkflowStatus.Error) || workflow.Status == EF.Constant(WorkflowStatus.RetriesExceeded))
                && !db.Workflows.Any(fork => fork.ForkedFrom == workflow.WorkflowUuid))
            .OrderByDescending(workflow => workflow.WorkflowUuid).Take(limit).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>In the order of the definition.</summary>
    public Task<List<WorkflowStep>> StepsAsync(Guid workflowUuid, CancellationToken cancellationToken) => ReadAsync(
        db => db.WorkflowSteps.AsNoTracking().Where(step => step.WorkflowUuid == workflowUuid)
            .OrderBy(step => step.FunctionId).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>Oldest first.</summary>
    public Task<List<WorkflowEvent>> EventsAsync(Guid workflowUuid, CancellationToken cancellationToken) => ReadAsync(
        db => db.WorkflowEvents.AsNoTracking().Where(entry => entry.WorkflowUuid == workflowUuid)
            .OrderBy(entry => entry.Seq).ToListAsync(cancellationToken),
        cancellationToken);

    // The planner takes a partial index only where its condition stands in the statement itself.
    internal static IQueryable<Workflow> OfStatus(IQueryable<Workflow> workflows, WorkflowStatus? status) => status switch
    {
        null => workflows,
        WorkflowStatus.Enqueued or WorkflowStatus.Pending => workflows.Where(workflow => workflow.Status == EF.Constant(status) && workflow.CompletedAt == null),
        _ => workflows.Where(workflow => workflow.Status == EF.Constant(status)),
    };

    private async Task<T> ReadAsync<T>(Func<OpenClawDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await read(db);
    }
}

/// <summary>Which runs to list; null leaves a criterion out.</summary>
public sealed record WorkflowFilter(WorkflowStatus? Status, string? Name, Guid? AgentId, DateTimeOffset? Since, Guid? Before);
