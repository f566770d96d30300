using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.IssueWork;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Runaways;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.RunLogs;

namespace OpenClaw.Jobs.Messages;

/// <summary>
/// A message that could not be delivered is dead with its reason, and no longer in the way of the next one; one that a pause
/// has cut short is parked. Of a turn that was cancelled the conversation keeps what the agent had said.
/// </summary>
public sealed class RouteMessageHooks(MessageRouter router, LiveReplies replies, OwnerNotifier notifier, WorkProgress work, BrakeBoard brakes, RunawayWatch runaways, TimeProvider time) : IWorkflowHooks
{
    public async Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(workflow.AgentId!.Value, cancellationToken);
        var message = await MessageOfAsync(workflow, db, cancellationToken);
        var said = replies.TakeBrokenOff(message.Id);
        if (workflow.Status is WorkflowStatus.Cancelled && agent.Operation is AgentOperation.Pause)
        {
            // Its turn took longer than a pause waits; it has another one when the agent is back.
            message.State = MessageState.Parked;
            message.StateReason = "It was under way when the agent was paused.";
            await EndAsync(agent, db, cancellationToken);
            return;
        }

        message.State = MessageState.Dead;
        message.StateReason = workflow.Status is WorkflowStatus.Cancelled ? brakes.Aborting(agent.UserId, agent.Id)?.WhyAborted ?? message.StateReason ?? error.Message : error.Message;
        if (workflow.Status is WorkflowStatus.Cancelled)
        {
            said ??= await db.SaidInRunAsync(message.Id, cancellationToken);
        }

        if (workflow.Status is WorkflowStatus.Cancelled && said is not null)
        {
            // One that is cancelled again after a resume has said something else.
            db.Messages.Add(BrokenOffReply.To(message, agent, said, $"{workflow.WorkflowUuid}:broken-off:{workflow.CompletedAt:O}", time.GetUtcNow()));
        }
        else if (workflow.Status is not WorkflowStatus.Cancelled)
        {
            // One that fails again after a resume is told again.
            var detail = $"a message from {message.Sender} could not be delivered. {error.Message}";
            var key = $"{workflow.WorkflowUuid}:dead:{workflow.CompletedAt:O}";
            await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.MessageDead, detail, key), db, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await runaways.FailedAsync(agent, message, key, db, cancellationToken);
        }

        await work.TaskLostAsync(message.Sender, db, cancellationToken);
        await EndAsync(agent, db, cancellationToken);
    }

    public async Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var message = await MessageOfAsync(workflow, db, cancellationToken);
        if (message.WorkflowUuid != workflow.WorkflowUuid)
        {
            return $"The message was sent on its way anew since (workflow {message.WorkflowUuid}); this run is history.";
        }

        message.State = MessageState.Accepted;
        message.StateReason = null;
        return null;
    }

    public Task<string?> ForkingAsync(Workflow workflow, Guid fork, OpenClawDbContext db, CancellationToken cancellationToken) =>
        Task.FromResult<string?>("A message is routed once. Resume its workflow, or send it anew.");

    // Those behind it in line go on, or are parked one after the other while the agent is away.
    private async Task EndAsync(Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await router.BeginNextAsync(agent, db, cancellationToken);
    }

    private static Task<Message> MessageOfAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var id = WorkflowJson.Read<RouteMessageRequest>(workflow.Request).MessageId;
        return db.Messages.SingleAsync(message => message.Id == id, cancellationToken);
    }
}
