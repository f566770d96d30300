using Hangfire.Dashboard.Components;
using Hangfire.States;

namespace Hangfire.Dashboard.Pages;

internal static class DeletedJobsPage
{
    public static Page Render(PageContext context) => JobTable.Page(
        context, "Deleted jobs", context.Monitor.DeletedListCount(), DeletedState.StateName,
        ["Deleted"],
        context.Monitor.DeletedJobs(context.Paging.From, context.Paging.Count).Select(job => new JobRow(
            job.Key, job.Value.Job, job.Value.InvocationData,
            Moment.Relative(context.Now, job.Value.DeletedAt))),
        new BulkAction("/jobs/deleted/requeue", "Requeue"));
}
