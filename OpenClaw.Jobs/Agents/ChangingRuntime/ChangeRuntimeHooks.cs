using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Agents.ChangingRuntime;

/// <summary>A change of runtime that cannot be brought to its end is told to the owner: the agent may be unknown at the one, or kept alive at the other.</summary>
public sealed class ChangeRuntimeHooks(OwnerNotifier notifier) : IWorkflowHooks
{
    public async Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (workflow.Status is WorkflowStatus.Cancelled)
        {
            return;
        }

        var agent = await db.LockAgentAsync(workflow.AgentId!.Value, cancellationToken);
        var detail = $"its change to {agent.Model} ended at {error.Step ?? "its start"}: {error.Message} Resume workflow {workflow.WorkflowUuid} to try on.";
        await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.AgentFailed, detail, $"{workflow.WorkflowUuid}:failed:{workflow.LeaseEpoch}"), db, cancellationToken);
    }

    public Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<string?> ForkingAsync(Workflow workflow, Guid fork, OpenClawDbContext db, CancellationToken cancellationToken) =>
        Task.FromResult<string?>("A runtime is left once. Resume the workflow, or change the agent's model.");
}
