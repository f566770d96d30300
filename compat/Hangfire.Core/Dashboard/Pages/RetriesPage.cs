using Hangfire.Common;
using Hangfire.Dashboard.Components;
using Hangfire.States;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Pages;

internal static class RetriesPage
{
    public static Page Render(PageContext context)
    {
        using var connection = (JobStorageConnection)context.Storage.GetConnection();
        var paging = context.Paging;
        return JobTable.Page(
            context, "Retries", connection.GetSetCount("retries"), ScheduledState.StateName,
            ["Attempt", "Why", "Next attempt"],
            connection.GetRangeFromSet("retries", paging.From, paging.From + paging.Count - 1).Select(id => Row(context, id)),
            new BulkAction("/retries/enqueue", "Enqueue now"),
            new BulkAction("/retries/delete", "Delete", Confirm: "Delete the selected jobs?"));
    }

    private static JobRow Row(PageContext context, string id)
    {
        var job = context.Monitor.JobDetails(id);
        var state = job?.History.FirstOrDefault();
        return new JobRow(id, job?.Job, job?.InvocationData,
            Html.Of($"{job?.Properties.Find("RetryCount")}"),
            Html.Of($"{LongText.FirstLine(state?.Reason)}"),
            state?.StateName == ScheduledState.StateName ? Due(context, state) : StateBadge.Render(state?.StateName ?? "Unknown"));
    }

    private static Html Due(PageContext context, StateHistoryDto state) =>
        Moment.Relative(context.Now, JobHelper.FindDateTime(state.Data.Find("EnqueueAt")));
}
