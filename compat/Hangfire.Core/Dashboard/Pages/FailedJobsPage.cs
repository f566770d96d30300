using Hangfire.Dashboard.Components;
using Hangfire.States;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Pages;

internal static class FailedJobsPage
{
    public static Page Render(PageContext context) => JobTable.Page(
        context, "Failed jobs", context.Monitor.FailedCount(), FailedState.StateName,
        ["Exception", "Failed"],
        context.Monitor.FailedJobs(context.Paging.From, context.Paging.Count).Select(job => new JobRow(
            job.Key, job.Value.Job, job.Value.InvocationData,
            Failure(job.Value),
            Moment.Relative(context.Now, job.Value.FailedAt))),
        new BulkAction("/jobs/failed/requeue", "Requeue"),
        new BulkAction("/jobs/failed/delete", "Delete", Confirm: "Delete the selected jobs?"));

    private static Html Failure(FailedJobDto job) => Html.Of($"""
        <details>
        <summary><b>{job.ExceptionType?.Split('.')[^1]}</b> {LongText.FirstLine(job.ExceptionMessage)}</summary>
        <p class="muted">{job.Reason}</p>
        <pre tabindex="0" aria-label="Exception">{LongText.Shorten(job.ExceptionDetails ?? "")}</pre>
        </details>
        """);
}
