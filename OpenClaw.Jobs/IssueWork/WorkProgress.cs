using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.IssueWork;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.IssueWork;

/// <summary>Takes down how far agents are with their work, and tells the owner at each turn, in the caller's transaction.</summary>
public sealed class WorkProgress(OwnerNotifier notifier, WorkflowClient workflows, TimeProvider time)
{
    internal static string AddressOf(WorkItem item) => Addresses.Work + item.Id;

    /// <summary>What the agent is told. The stages stand within the text: an agent that repeats it reports nothing.</summary>
    internal static string TaskFor(WorkItem item) =>
        $"Work on {item.Issue}. Say how far you are with lines of your reply that begin with one of these words and a colon, or with messages of the kind progress: "
        + "STARTED:, PROGRESS:, PULL REQUEST: and its address, TESTS PASSED:, TESTS FAILED:, and in the end DONE: or FAILED: and why.";

    /// <summary>Reads an agent's reply to a task; a reply to anything else is left alone.</summary>
    public async Task ReadReplyAsync(string recipient, Agent agent, string key, string reply, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (WorkOf(recipient) is not { } id)
        {
            return;
        }

        var item = await db.LockWorkAsync(id, cancellationToken);
        foreach (var (index, report) in ProgressReport.In(reply).Index())
        {
            await ReportAsync(item, agent, report, $"{key}:{index}", db, cancellationToken);
        }
    }

    /// <summary>Has work looked at whose task did not get through to its agent; a message of anything else is left alone.</summary>
    public async Task TaskLostAsync(string sender, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (WorkOf(sender) is { } id && await db.WorkItems.AsNoTracking().Where(item => item.Id == id).Select(item => (Guid?)item.WorkflowUuid).SingleOrDefaultAsync(cancellationToken) is { } workflow)
        {
            await workflows.WakeAsync(workflow, cancellationToken);
        }
    }

    /// <summary>Takes down what an agent reports of the only work that it has. Null, or why that cannot be.</summary>
    public async Task<string?> ReportAsync(Agent agent, ProgressReport report, string key, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var items = await db.WorkItems.FromSql($"SELECT * FROM openclaw.work_items WHERE agent_id = {agent.Id} AND state = 'active' ORDER BY id FOR UPDATE").Take(2).ToListAsync(cancellationToken);
        if (items is not [var item])
        {
            return items.Count == 0 ? $"{agent.Name} has no work that is under way." : $"{agent.Name} has more than one work under way; answer the task itself.";
        }

        await ReportAsync(item, agent, report, key, db, cancellationToken);
        return null;
    }

    private static Guid? WorkOf(string address) => address.StartsWith(Addresses.Work, StringComparison.Ordinal) && Guid.TryParse(address.AsSpan(Addresses.Work.Length), out var id) ? id : null;

    // What comes after the end is late, and changes nothing.
    private async Task ReportAsync(WorkItem item, Agent agent, ProgressReport report, string key, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (item.State is not WorkState.Active)
        {
            return;
        }

        (item.Stage, item.Detail, item.UpdatedAt) = (EnumText.ToLower(report.Stage), report.Detail, time.GetUtcNow());
        item.State = report.Stage switch { WorkStage.Done => WorkState.Done, WorkStage.Failed => WorkState.Failed, _ => WorkState.Active };
        if (item.State is not WorkState.Active)
        {
            await workflows.WakeAsync(item.WorkflowUuid, cancellationToken);
        }

        if (Notice(report) is var (what, detail))
        {
            await notifier.NotifyAsync(OwnerNotice.About(agent, what, $"{detail}", key), db, cancellationToken);
        }
    }

    // The run tells the end itself, and told the start.
    private static (NoticeEvent Event, string Detail)? Notice(ProgressReport report) => report.Stage switch
    {
        WorkStage.Progress => (NoticeEvent.WorkProgress, report.Detail ?? "it goes on."),
        WorkStage.PullRequest => (NoticeEvent.WorkPullRequest, report.Detail ?? "no address given"),
        WorkStage.TestsPassed => (NoticeEvent.WorkTests, $"they pass. {report.Detail}".TrimEnd()),
        WorkStage.TestsFailed => (NoticeEvent.WorkTests, $"they fail. {report.Detail}".TrimEnd()),
        _ => null,
    };
}
