using System.Net;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace OpenClaw.Tests.Compat.Dashboard;

public sealed class DashboardActionsTests
{
    private static DashboardHost s_host = null!;

    [OneTimeSetUp]
    public static async Task Start() => s_host = await DashboardHost.StartAsync();

    [OneTimeTearDown]
    public static async Task Stop() => await s_host.DisposeAsync();

    [TestCase("failed", "requeue", "Enqueued")]
    [TestCase("failed", "delete", "Deleted")]
    [TestCase("scheduled", "enqueue", "Enqueued")]
    [TestCase("scheduled", "delete", "Deleted")]
    [TestCase("deleted", "requeue", "Enqueued")]
    [TestCase("awaiting", "enqueue", "Enqueued")]
    [TestCase("awaiting", "delete", "Deleted")]
    [TestCase("processing", "requeue", "Enqueued")]
    [TestCase("processing", "delete", "Deleted")]
    [TestCase("succeeded", "requeue", "Enqueued")]
    [TestCase("succeeded", "delete", "Deleted")]
    [TestCase("enqueued", "requeue", "Enqueued")]
    [TestCase("enqueued", "delete", "Deleted")]
    public async Task A_selected_job_is_changed_and_the_page_says_so(string list, string action, string expected)
    {
        var job = s_host.Seed.In(list);
        using var client = s_host.Client();

        var page = await client.Submit(list == "enqueued" ? "/hangfire/jobs/enqueued/default" : $"/hangfire/jobs/{list}", $"/hangfire/jobs/{list}/{action}", job);

        Assert.That(s_host.Seed.StateOf(job), Is.EqualTo(expected));
        Assert.That(page, Does.Contain(expected == "Deleted" ? "1 job deleted." : "1 job requeued."));
    }

    [Test]
    public async Task Several_selected_jobs_are_changed_at_once_and_others_stay()
    {
        string[] selected = [s_host.Seed.Failed(), s_host.Seed.Failed(), s_host.Seed.Failed()];
        var other = s_host.Seed.Failed();
        using var client = s_host.Client();

        var page = await client.Submit("/hangfire/jobs/failed", "/hangfire/jobs/failed/requeue", selected);

        Assert.That(selected.Select(s_host.Seed.StateOf), Is.All.EqualTo("Enqueued"));
        Assert.That(s_host.Seed.StateOf(other), Is.EqualTo("Failed"));
        Assert.That(page, Does.Contain("3 jobs requeued."));
    }

    [Test]
    public async Task A_job_that_has_moved_on_since_the_page_was_opened_is_not_touched()
    {
        var moved = s_host.Seed.Failed();
        var failed = s_host.Seed.Failed();
        using var client = s_host.Client();
        new BackgroundJobClient(s_host.Storage).ChangeState(moved, new DeletedState());

        var page = await client.Submit("/hangfire/jobs/failed", "/hangfire/jobs/failed/requeue", moved, failed);

        Assert.That(s_host.Seed.StateOf(moved), Is.EqualTo("Deleted"));
        Assert.That(page, Does.Contain("1 of 2 jobs requeued; the others had already moved on."));
    }

    [Test]
    public async Task Pressing_a_button_without_a_selection_changes_nothing()
    {
        s_host.Seed.Failed();
        using var client = s_host.Client();

        Assert.That(await client.Submit("/hangfire/jobs/failed", "/hangfire/jobs/failed/requeue"), Does.Contain("Nothing was selected."));
    }

    [TestCase("requeue", "Enqueued")]
    [TestCase("delete", "Deleted")]
    public async Task A_job_is_changed_from_its_own_page(string action, string expected)
    {
        var job = s_host.Seed.Failed();
        using var client = s_host.Client();

        var page = await client.Submit($"/hangfire/jobs/details/{job}", $"/hangfire/jobs/actions/{action}/{job}");

        Assert.That(s_host.Seed.StateOf(job), Is.EqualTo(expected));
        Assert.That(page, Does.Contain($"Job {job}"));
    }

    [Test]
    public async Task A_requeued_job_goes_to_the_queue_that_it_was_made_for()
    {
        var job = new BackgroundJobClient(s_host.Storage).Create<Work>("critical", work => work.Send("x", 1), new EnqueuedState())!;
        new BackgroundJobClient(s_host.Storage).Delete(job);
        using var client = s_host.Client();

        await client.Submit("/hangfire/jobs/deleted", "/hangfire/jobs/deleted/requeue", job);

        Assert.That(await client.Page("/hangfire/jobs/enqueued/critical"), Does.Contain($"#{job}"));
    }

    [TestCase("enqueue", "Enqueued")]
    [TestCase("delete", "Deleted")]
    public async Task A_job_that_waits_for_its_retry_is_changed(string action, string expected)
    {
        var job = s_host.Seed.Retrying();
        using var client = s_host.Client();
        Assert.That(await client.Page("/hangfire/retries"), Does.Contain($"#{job}").And.Contain("Retry attempt 1 of 3"));

        await client.Submit("/hangfire/retries", $"/hangfire/retries/{action}", job);

        Assert.That(s_host.Seed.StateOf(job), Is.EqualTo(expected));
        Assert.That(await client.Page("/hangfire/retries"), Does.Not.Contain($"#{job}"));
    }

    [Test]
    public async Task A_recurring_job_is_triggered_and_removed()
    {
        s_host.Seed.Recurring.AddOrUpdate("hourly", Job.FromExpression<Work>(work => work.Send("hourly", 1)), "0 * * * *", new RecurringJobOptions());
        using var client = s_host.Client();

        Assert.That(await client.Submit("/hangfire/recurring", "/hangfire/recurring/trigger", "hourly"), Does.Contain("1 job triggered."));
        Assert.That(await client.Page("/hangfire/recurring"), Does.Contain("/hangfire/jobs/details/"));

        Assert.That(await client.Submit("/hangfire/recurring", "/hangfire/recurring/remove", "hourly"), Does.Contain("1 job removed."));
        using var connection = s_host.Storage.GetConnection();
        Assert.That(connection.GetRecurringJobs().Select(job => job.Id), Has.No.Member("hourly"));
    }

    [Test]
    public async Task The_page_is_kept_after_an_action()
    {
        await using var host = await DashboardHost.StartAsync();
        string[] jobs = [.. Enumerable.Range(0, 15).Select(_ => host.Seed.Failed())];
        using var client = host.Client();

        var page = await client.Submit("/hangfire/jobs/failed?from=10&count=10", "/hangfire/jobs/failed/requeue", jobs[0]);

        Assert.That(page, Does.Contain("aria-current=\"page\" aria-label=\"Page 2\""));
    }

    [TestCase("//evil.example")]
    [TestCase("https://evil.example")]
    [TestCase("/\\evil.example")]
    [TestCase("/\t/evil.example")]
    [TestCase("/a\r\nSet-Cookie: a=b")]
    public async Task An_action_never_leads_to_another_site(string returnTo)
    {
        s_host.Seed.Failed();
        using var client = s_host.Client();
        var token = await client.Token("/hangfire/jobs/failed");

        using var response = await client.Post("/hangfire/jobs/failed/requeue", token, ("return", returnTo));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(response.Headers.Location!.ToString(), Does.StartWith("/hangfire/?did="));
    }

    [Test]
    public async Task An_action_is_no_link_and_a_page_no_action()
    {
        s_host.Seed.Failed();
        using var client = s_host.Client();
        var token = await client.Token("/hangfire/jobs/failed");

        using var get = await client.Get("/hangfire/jobs/failed/requeue");
        using var post = await client.Post("/hangfire/jobs/failed", token);

        Assert.That(get.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(post.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }
}
