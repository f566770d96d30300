using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.IssueWork;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.IssueWork;

/// <summary>Work whose run ends without success is over; the owner is told, unless it was the owner who ended it.</summary>
public sealed class WorkHooks(OwnerNotifier notifier, TimeProvider time) : IWorkflowHooks
{
    public async Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var item = await WorkAsync(workflow, db, cancellationToken);
        var cancelled = workflow.Status is WorkflowStatus.Cancelled;
        (item.State, item.Detail, item.UpdatedAt) = (cancelled ? WorkState.Stopped : WorkState.Failed, error.Message, time.GetUtcNow());
        if (!cancelled)
        {
            // One that fails again after a resume is told again.
            var key = $"{workflow.WorkflowUuid}:failed:{workflow.CompletedAt:O}";
            var agent = await db.Agents.Where(row => row.Id == item.AgentId).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken);
            await notifier.NotifyAsync(
                new OwnerNotice(NoticeEvent.WorkFailed, item.Owner, agent ?? "OpenClaw", $"{item.Issue}: {error.Message}", key) { AgentId = item.AgentId }, db, cancellationToken);
        }
    }

    public async Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var item = await WorkAsync(workflow, db, cancellationToken);
        if (await db.WorkItems.AnyAsync(
            other => other.Owner == item.Owner && other.Repository == item.Repository && other.IssueNumber == item.IssueNumber && other.Id != item.Id && other.State == WorkState.Active,
            cancellationToken))
        {
            return $"Other work on {item.Issue} is under way.";
        }

        (item.State, item.Detail, item.UpdatedAt) = (WorkState.Active, null, time.GetUtcNow());
        return null;
    }

    public Task<string?> ForkingAsync(Workflow workflow, Guid fork, OpenClawDbContext db, CancellationToken cancellationToken) =>
        Task.FromResult<string?>("Work on an issue is done once. Resume its workflow, or give the order anew.");

    private static Task<WorkItem> WorkAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken) =>
        db.LockWorkAsync(WorkflowJson.Read<WorkOnIssueRequest>(workflow.Request).WorkItemId, cancellationToken);
}
