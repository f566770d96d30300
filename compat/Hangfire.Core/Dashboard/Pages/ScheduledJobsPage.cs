using Hangfire.Dashboard.Components;
using Hangfire.States;

namespace Hangfire.Dashboard.Pages;

internal static class ScheduledJobsPage
{
    public static Page Render(PageContext context) => JobTable.Page(
        context, "Scheduled jobs", context.Monitor.ScheduledCount(), ScheduledState.StateName,
        ["Due", "Scheduled"],
        context.Monitor.ScheduledJobs(context.Paging.From, context.Paging.Count).Select(job => new JobRow(
            job.Key, job.Value.Job, job.Value.InvocationData,
            Moment.Relative(context.Now, job.Value.EnqueueAt),
            Moment.Relative(context.Now, job.Value.ScheduledAt))),
        new BulkAction("/jobs/scheduled/enqueue", "Enqueue now"),
        new BulkAction("/jobs/scheduled/delete", "Delete", Confirm: "Delete the selected jobs?"));
}
