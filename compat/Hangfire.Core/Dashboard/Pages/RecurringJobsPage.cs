using Hangfire.Dashboard.Components;
using Hangfire.Storage;

namespace Hangfire.Dashboard.Pages;

internal static class RecurringJobsPage
{
    private static readonly BulkAction[] Actions =
    [
        new("/recurring/trigger", "Trigger now"),
        new("/recurring/remove", "Remove", Confirm: "Remove the selected recurring jobs?"),
    ];

    public static Page Render(PageContext context)
    {
        using var connection = (JobStorageConnection)context.Storage.GetConnection();
        var paging = context.Paging;
        var jobs = connection.GetRecurringJobs(paging.From, paging.From + paging.Count - 1);
        return new("Recurring jobs", Html.Of($"""
            <h1>Recurring jobs</h1>
            {(jobs.Count == 0 ? JobTable.Empty : BulkForm.Render(context, state: null, Actions, Table(context, jobs)))}
            {Pager.Render(context, connection.GetRecurringJobCount())}
            """));
    }

    private static Html Table(PageContext context, List<RecurringJobDto> jobs) => Html.Of($"""
        <div class="scroll">
        <table>
        <caption class="hidden">Recurring jobs</caption>
        <thead><tr>{BulkForm.HeadCell(context)}<th scope="col">Id</th><th scope="col">Cron</th><th scope="col">Job</th><th scope="col">Next execution</th><th scope="col">Last execution</th></tr></thead>
        <tbody>{Html.Join(jobs, job => Row(context, job))}</tbody>
        </table>
        </div>
        """);

    private static Html Row(PageContext context, RecurringJobDto job) => Html.Of($"""
        <tr>
        {BulkForm.Cell(context, job.Id, job.Id)}
        <td class="key"><b>{job.Id}</b></td>
        <td data-label="Cron"><code>{job.Cron}</code> <span class="muted">{job.TimeZoneId ?? "UTC"}</span></td>
        <td class="name">{(job.Job is null ? job.LoadException?.Message ?? "A job that cannot be loaded" : JobName.Of(context, job.Job, data: null))}
        {Html.When(!string.IsNullOrEmpty(job.Error), () => Html.Of($"""<p class="error">{job.Error}</p>"""))}</td>
        <td data-label="Next execution">{(job.NextExecution is null ? Html.Of($"""<span class="tag">Disabled</span>""") : Moment.Relative(context.Now, job.NextExecution))}</td>
        <td data-label="Last execution">{Last(context, job)}</td>
        </tr>
        """);

    private static Html Last(PageContext context, RecurringJobDto job) => string.IsNullOrEmpty(job.LastJobId)
        ? Moment.Relative(context.Now, job.LastExecution)
        : Html.Of($"""
            {Moment.Relative(context.Now, job.LastExecution)}
            {JobName.IdLink(context, job.LastJobId)} {Html.When(job.LastJobState is not null, () => StateBadge.Render(job.LastJobState!))}
            """);
}
