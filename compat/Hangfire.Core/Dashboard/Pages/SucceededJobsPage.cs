using Hangfire.Dashboard.Components;
using Hangfire.States;

namespace Hangfire.Dashboard.Pages;

internal static class SucceededJobsPage
{
    public static Page Render(PageContext context) => JobTable.Page(
        context, "Succeeded jobs", context.Monitor.SucceededListCount(), SucceededState.StateName,
        ["Total duration", "Succeeded"],
        context.Monitor.SucceededJobs(context.Paging.From, context.Paging.Count).Select(job => new JobRow(
            job.Key, job.Value.Job, job.Value.InvocationData,
            Html.Of($"{(job.Value.TotalDuration is { } duration ? Moment.Duration(duration) : "–")}"),
            Moment.Relative(context.Now, job.Value.SucceededAt))),
        new BulkAction("/jobs/succeeded/requeue", "Requeue"),
        new BulkAction("/jobs/succeeded/delete", "Delete", Confirm: "Delete the selected jobs?"));
}
