using Hangfire.Dashboard.Components;
using Hangfire.States;

namespace Hangfire.Dashboard.Pages;

internal static class EnqueuedJobsPage
{
    public static Page Render(PageContext context)
    {
        var queue = context.Route("queue");
        return JobTable.Page(context, $"Queue {queue}", context.Monitor.EnqueuedCount(queue), EnqueuedState.StateName,
            ["State", "Enqueued"],
            context.Monitor.EnqueuedJobs(queue, context.Paging.From, context.Paging.Count).Select(job => new JobRow(
                job.Key, job.Value.Job, job.Value.InvocationData,
                StateBadge.Render(job.Value.State ?? EnqueuedState.StateName),
                Moment.Relative(context.Now, job.Value.EnqueuedAt))),
            new BulkAction("/jobs/enqueued/requeue", "Requeue"),
            new BulkAction("/jobs/enqueued/delete", "Delete", Confirm: "Delete the selected jobs?"));
    }
}
