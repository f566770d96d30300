using Hangfire.Dashboard.Components;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Pages;

internal static class QueuesPage
{
    public static Page Render(PageContext context)
    {
        var queues = context.Monitor.Queues();
        return new("Queues", Html.Of($"""
            <h1>Queues</h1>
            {(queues.Count == 0 ? Html.Of($"""<p class="empty">Nothing waits in a queue.</p>""") : Html.Join(queues, queue => Section(context, queue)))}
            """));
    }

    private static Html Section(PageContext context, QueueWithTopEnqueuedJobsDto queue) => Html.Of($"""
        <section>
        <h2><a href="{context.Url($"/jobs/enqueued/{Uri.EscapeDataString(queue.Name)}")}">{queue.Name}</a></h2>
        <p class="muted">{queue.Length:N0} waiting, {queue.Fetched ?? 0:N0} fetched by a worker</p>
        {Html.When(queue.FirstJobs.Count > 0, () => JobTable.Table(context, $"First jobs of {queue.Name}", ["State", "Enqueued"],
            [.. queue.FirstJobs.Select(job => new JobRow(job.Key, job.Value.Job, job.Value.InvocationData,
                StateBadge.Render(job.Value.State ?? "Enqueued"), Moment.Relative(context.Now, job.Value.EnqueuedAt)))]))}
        </section>
        """);
}
