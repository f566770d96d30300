using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Agents.Pausing;

/// <summary>
/// Waits until nothing works for the agent any more. New beats and messages see the operation under way and park; what
/// is still running after a while is cancelled. Changes nothing of its own, so a repetition is harmless.
/// </summary>
public sealed class QuiesceStep(WorkflowClient workflows, OperationWaker waker) : IDatabaseStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var busy = await db.Workflows
            .Where(workflow => workflow.AgentId == context.AgentId && workflow.WorkflowUuid != context.WorkflowUuid
                && workflow.Status == WorkflowStatus.Pending && workflow.ExecutorId != null)
            .Select(workflow => workflow.WorkflowUuid)
            .ToListAsync(cancellationToken);
        if (busy.Count == 0)
        {
            return null;
        }

        var began = await db.Workflows.Where(workflow => workflow.WorkflowUuid == context.WorkflowUuid)
            .Select(workflow => workflow.CreatedAt).SingleAsync(cancellationToken);
        if (await db.NowAsync(cancellationToken) - began > Patience)
        {
            await CancelAsync(busy, cancellationToken);
        }

        waker.Await(context.AgentId, context.WorkflowUuid);
        throw new StepNotReadyException(AskAgain, $"Waiting for {busy.Count} workflows of the agent to finish.");
    }

    private async Task CancelAsync(IEnumerable<Guid> busy, CancellationToken cancellationToken)
    {
        // Outside of this step's transaction, which is undone because the step is not ready.
        using var outside = AmbientTransaction.Suppress();
        foreach (var workflowUuid in busy)
        {
            await workflows.CancelAsync(workflowUuid, "system", "The agent is to be paused or stopped.", cancellationToken);
        }

        outside.Complete();
    }
}
