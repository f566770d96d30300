using Hangfire.Dashboard.Components;
using Hangfire.States;

namespace Hangfire.Dashboard.Pages;

internal static class ProcessingJobsPage
{
    public static Page Render(PageContext context)
    {
        var servers = context.Monitor.Servers().Select(server => server.Name).ToHashSet();
        return JobTable.Page(
            context, "Processing jobs", context.Monitor.ProcessingCount(), ProcessingState.StateName,
            ["Server", "Started"],
            context.Monitor.ProcessingJobs(context.Paging.From, context.Paging.Count).Select(job => new JobRow(
                job.Key, job.Value.Job, job.Value.InvocationData,
                Server(job.Value.ServerId, servers),
                Moment.Relative(context.Now, job.Value.StartedAt))),
            new BulkAction("/jobs/processing/requeue", "Requeue"),
            new BulkAction("/jobs/processing/delete", "Delete", Confirm: "Delete the selected jobs?"));
    }

    private static Html Server(string? id, HashSet<string> servers) => Html.Of($"""
        <span class="server">{id}</span> {Html.When(id is not null && !servers.Contains(id), () => Html.Of($"""<span class="tag warn">Server is gone</span>"""))}
        """);
}
