using Hangfire.Dashboard.Components;
using Hangfire.States;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Pages;

internal static class JobDetailsPage
{
    public static Page Render(PageContext context)
    {
        var id = context.Route("id");
        return context.Monitor.JobDetails(id) is { } job ? Details(context, id, job) : Missing(id);
    }

    private static Page Missing(string id) => new($"Job {id}", Html.Of($"""
        <h1>Job {id}</h1>
        <p class="empty">There is no such job. It may have expired.</p>
        """), Status: 404);

    private static Page Details(PageContext context, string id, JobDetailsDto job)
    {
        var name = JobName.Of(context, job.Job, job.InvocationData);
        var state = job.History.FirstOrDefault()?.StateName;
        return new($"Job {id}: {name}", Html.Of($"""
            <p class="muted">Job {id}</p>
            <h1>{name}</h1>
            <p class="facts">
            {Html.When(state is not null, () => StateBadge.Render(state!))}
            <span>Created {Moment.Relative(context.Now, job.CreatedAt)}</span>
            {Html.When(job.ExpireAt is not null, () => Html.Of($"<span>Expires {Moment.Relative(context.Now, job.ExpireAt)}</span>"))}
            </p>
            {Html.When(!context.IsReadOnly, () => Actions(context, id, state))}
            {Html.When(job.LoadException is not null, () => Html.Of($"""<p class="error">{job.LoadException!.Message}</p>"""))}
            {CallView.Render(job.Job, job.InvocationData)}
            {ContinuationList.Render(context, job.Properties)}
            <h2>History</h2>
            <ol class="history">{Html.Join(job.History.Select((entry, at) => StateCard.Render(context, entry, job.History.ElementAtOrDefault(at + 1))))}</ol>
            {Html.When(job.Properties.Count > 0, () => Parameters(job.Properties))}
            """));
    }

    private static Html Actions(PageContext context, string id, string? state) => Html.Of($"""
        <form method="post" class="bar">
        {BulkForm.Fields(context, state, context.Path)}
        {BulkForm.Button(context, new($"/jobs/actions/requeue/{Uri.EscapeDataString(id)}", "Requeue"))}
        {Html.When(state != DeletedState.StateName, () =>
            BulkForm.Button(context, new($"/jobs/actions/delete/{Uri.EscapeDataString(id)}", "Delete", Confirm: "Delete this job?")))}
        </form>
        """);

    private static Html Parameters(IDictionary<string, string> parameters) => Html.Of($"""
        <h2>Parameters</h2>
        <dl class="parameters">{Html.Join(parameters.OrderBy(entry => entry.Key, StringComparer.Ordinal), entry => Html.Of(
            $"<div><dt>{entry.Key}</dt><dd>{LongText.Shorten(entry.Value ?? "null")}</dd></div>"))}</dl>
        """);
}
