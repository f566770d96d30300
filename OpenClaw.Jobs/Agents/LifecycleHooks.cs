using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Agents;

/// <summary>An operation that ends without success leaves its error on the agent, frees it for the next operation and for what came meanwhile, and is told to the owner.</summary>
public sealed class LifecycleHooks(MessageRouter router, OwnerNotifier notifier, TimeProvider time) : IWorkflowHooks
{
    public async Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(workflow.AgentId!.Value, cancellationToken);
        if (agent.OperationWorkflow != workflow.WorkflowUuid)
        {
            return;
        }

        var operation = LifecycleWorkflows.OperationOf(workflow.Name);
        agent.Operation = null;
        agent.ErrorMessage = $"{EnumText.ToLower(operation)} ended at {error.Step ?? "its start"}: {error.Message}";
        agent.ErrorCount++;
        agent.UpdatedAt = time.GetUtcNow();
        if (operation is AgentOperation.Provision)
        {
            agent.Status = AgentStatus.Failed;
        }

        if (workflow.Status is not WorkflowStatus.Cancelled)
        {
            // A step that took its process down again and again waits for a person; everything else has failed.
            var what = workflow.Status is WorkflowStatus.RetriesExceeded ? NoticeEvent.WorkflowParked : NoticeEvent.AgentFailed;

            // One of a run that fails again after a resume is a new one.
            await notifier.NotifyAsync(OwnerNotice.About(agent, what, agent.ErrorMessage, $"{workflow.WorkflowUuid}:failed:{agent.ErrorCount}"), db, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await router.BeginNextAsync(agent, db, cancellationToken);
    }

    public async Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(workflow.AgentId!.Value, cancellationToken);
        if (agent.OperationWorkflow != workflow.WorkflowUuid)
        {
            return $"A later operation (workflow {agent.OperationWorkflow}) has been started on the agent since; this one is history.";
        }

        AgentTransitions.Begin(agent, LifecycleWorkflows.OperationOf(workflow.Name), workflow.WorkflowUuid, time.GetUtcNow());
        return null;
    }

    public async Task<string?> ForkingAsync(Workflow workflow, Guid fork, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(workflow.AgentId!.Value, cancellationToken);
        var operation = LifecycleWorkflows.OperationOf(workflow.Name);
        if (AgentTransitions.Check(agent, operation) is { } refusal)
        {
            return refusal.Detail;
        }

        AgentTransitions.Begin(agent, operation, fork, time.GetUtcNow());
        return null;
    }
}
