using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.IssueWork;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes.Echo;

namespace OpenClaw.Jobs.IssueWork;

/// <summary>Takes the agent that was named, or creates one for the issue. Commits with its checkpoint.</summary>
public sealed class SpawnAgentStep(AgentService agents) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var item = await db.WorkOfAsync(context, cancellationToken);
        if (item.AgentId is { } named)
        {
            return new { agent_id = named };
        }

        var model = context.Request<WorkOnIssueRequest>().Model ?? LocalEchoRuntime.Model;
        var agent = new NewAgent($"issue-{item.IssueNumber}", $"You work on {item.Issue}.", model, null, null, null, null, null);
        var caller = new Caller(item.Owner, context.WorkflowName);
        item.AgentId = await agents.CreateAndProvisionAsync(agent, caller, key: null, cancellationToken) switch
        {
            Decision<StartedOperation>.Accepted accepted => accepted.Value.AgentId,
            Decision<StartedOperation>.Refused { Refusal: var refusal } => throw new StepFailedException(refusal.Code, refusal.Detail) { NonRetryable = true },
            _ => throw new InvalidOperationException("A decision is accepted or refused."),
        };
        return new { agent_id = item.AgentId };
    }
}

/// <summary>Tells the owner who works on it.</summary>
public sealed class NotifySpawnedStep(OwnerNotifier notifier) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var item = await db.WorkOfAsync(context, cancellationToken);
        var agent = await db.Agents.AsNoTracking().SingleAsync(row => row.Id == item.AgentId, cancellationToken);
        await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.WorkStarted, item.Issue, context.IdempotencyKey), db, cancellationToken);
        return null;
    }
}

/// <summary>Writes the task to the agent; it gets it as soon as it runs.</summary>
public sealed class SendTaskStep(AgentService agents) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var item = await db.WorkOfAsync(context, cancellationToken);
        var task = new NewMessage(context.IdempotencyKey, WorkProgress.AddressOf(item), WorkProgress.TaskFor(item), Metadata: null);
        var sent = await agents.SendMessageAsync(item.AgentId!.Value, task, new Caller(item.Owner, context.WorkflowName), key: null, cancellationToken);
        return sent.Match(
            accepted => new { message_id = accepted.MessageId },
            refusal => throw new StepFailedException(refusal.Code, refusal.Detail) { NonRetryable = true });
    }
}

/// <summary>Waits until the agent says that it is done, or that it cannot do it, which wakes it. Changes nothing of its own.</summary>
public sealed class AwaitProgressStep : IDatabaseStep
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var item = await db.WorkOfAsync(context, cancellationToken);
        if (item.State is not WorkState.Active)
        {
            return new { state = item.State, item.Detail };
        }

        var agent = await db.Agents.AsNoTracking().SingleAsync(row => row.Id == item.AgentId, cancellationToken);
        var sender = WorkProgress.AddressOf(item);
        if (await db.Messages.AsNoTracking().Where(row => row.Sender == sender).OrderByDescending(row => row.Sequence).FirstOrDefaultAsync(cancellationToken) is { State: MessageState.Dead } task)
        {
            throw new StepFailedException("task_lost", $"The task did not get through to {agent.Name}: {task.StateReason} Resume the message's workflow {task.WorkflowUuid}, and then this one.") { NonRetryable = true };
        }

        throw agent.Status is AgentStatus.Failed or AgentStatus.Stopped
            ? new StepFailedException("agent_gone", $"{agent.Name} has {(agent.Status is AgentStatus.Failed ? $"failed: {agent.ErrorMessage}" : "been stopped")}.") { NonRetryable = true }
            : new StepNotReadyException(AskAgain, $"{agent.Name} works on {item.Issue}{(item.Stage is null ? "" : $": {item.Stage}")}.");
    }
}

/// <summary>Tells the owner what became of it.</summary>
public sealed class NotifyDoneStep(OwnerNotifier notifier) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var item = await db.WorkOfAsync(context, cancellationToken);
        var agent = await db.Agents.AsNoTracking().SingleAsync(row => row.Id == item.AgentId, cancellationToken);
        var (what, detail) = item.State is WorkState.Done
            ? (NoticeEvent.WorkDone, $"{item.Issue}{(item.Detail is null ? "" : $": {item.Detail}")}")
            : (NoticeEvent.WorkFailed, $"{item.Issue}: {item.Detail ?? "no reason given"}");
        await notifier.NotifyAsync(OwnerNotice.About(agent, what, detail, context.IdempotencyKey), db, cancellationToken);
        return new { state = item.State };
    }
}

internal static class WorkItems
{
    /// <summary>The work that a run is about, its row held until the step commits.</summary>
    public static Task<WorkItem> WorkOfAsync(this OpenClawDbContext db, StepContext context, CancellationToken cancellationToken) =>
        db.LockWorkAsync(context.Request<WorkOnIssueRequest>().WorkItemId, cancellationToken);

    public static Task<WorkItem> LockWorkAsync(this OpenClawDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.WorkItems.FromSql($"SELECT * FROM openclaw.work_items WHERE id = {id} FOR UPDATE").SingleAsync(cancellationToken);
}
