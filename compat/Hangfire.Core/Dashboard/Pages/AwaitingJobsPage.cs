using Hangfire.Dashboard.Components;
using Hangfire.States;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Pages;

internal static class AwaitingJobsPage
{
    public static Page Render(PageContext context)
    {
        var monitor = (JobStorageMonitor)context.Monitor;
        return JobTable.Page(
            context, "Awaiting jobs", monitor.AwaitingCount(), AwaitingState.StateName,
            ["Waits for", "When", "Created"],
            monitor.AwaitingJobs(context.Paging.From, context.Paging.Count).Select(job => new JobRow(
                job.Key, job.Value.Job, job.Value.InvocationData,
                Parent(context, job.Value),
                Html.Of($"{job.Value.StateData.Find("Options")}"),
                Moment.Relative(context.Now, job.Value.AwaitingAt))),
            new BulkAction("/jobs/awaiting/enqueue", "Enqueue now"),
            new BulkAction("/jobs/awaiting/delete", "Delete", Confirm: "Delete the selected jobs?"));
    }

    private static Html Parent(PageContext context, AwaitingJobDto job) => job.StateData.Find("ParentId") is { } parent
        ? Html.Of($"{JobName.IdLink(context, parent)} {Html.When(job.ParentStateName is not null, () => StateBadge.Render(job.ParentStateName!))}")
        : Html.Of($"–");
}
