using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hangfire;
using Hangfire.Common;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Dashboard;

public sealed class DashboardPagesTests
{
    private static DashboardHost s_host = null!;

    [OneTimeSetUp]
    public static async Task Start() => s_host = await DashboardHost.StartAsync();

    [OneTimeTearDown]
    public static async Task Stop() => await s_host.DisposeAsync();

    [TestCase("", "Overview")]
    [TestCase("/", "Overview")]
    [TestCase("/?period=week", "Overview")]
    [TestCase("/jobs/enqueued", "Queues")]
    [TestCase("/jobs/enqueued/default", "Queue default")]
    [TestCase("/jobs/scheduled", "Scheduled jobs")]
    [TestCase("/jobs/processing", "Processing jobs")]
    [TestCase("/jobs/succeeded", "Succeeded jobs")]
    [TestCase("/jobs/failed", "Failed jobs")]
    [TestCase("/jobs/failed/", "Failed jobs")]
    [TestCase("/jobs/deleted", "Deleted jobs")]
    [TestCase("/jobs/awaiting", "Awaiting jobs")]
    [TestCase("/retries", "Retries")]
    [TestCase("/recurring", "Recurring jobs")]
    [TestCase("/servers", "Servers")]
    public async Task Every_route_answers_with_its_heading_and_says_which_engine_it_is(string route, string heading)
    {
        using var client = s_host.Client();

        var html = await client.Page($"/hangfire{route}");

        Assert.That(html, Does.Contain($"<h1>{heading}</h1>").And.Contain("OpenClaw compat engine").And.Contain("Jobs under test"));
    }

    [Test]
    public async Task Every_page_forbids_what_it_does_not_need()
    {
        using var client = s_host.Client();

        using var response = await client.Get("/hangfire");

        Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Is.EqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
        Assert.That(response.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
        Assert.That(response.Headers.CacheControl!.NoStore, Is.True);
    }

    [TestCase("/hangfire/nowhere")]
    [TestCase("/hangfire/jobs/details/999999999")]
    [TestCase("/hangfire/jobs/details/not-a-number")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var client = s_host.Client();

        using var response = await client.Get(path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_counters_are_served_as_json()
    {
        s_host.Seed.Scheduled();
        using var client = s_host.Client();

        using var stats = JsonDocument.Parse(await client.Page("/hangfire/stats"));

        Assert.That(stats.RootElement.GetProperty("scheduled").GetInt64(), Is.GreaterThan(0));
        Assert.That(stats.RootElement.EnumerateObject().Select(property => property.Name), Is.SupersetOf(
            (string[])["enqueued", "scheduled", "processing", "succeeded", "failed", "deleted", "awaiting", "retries", "recurring", "servers", "queues"]));
    }

    [TestCase("dashboard.css", "text/css")]
    [TestCase("dashboard.js", "text/javascript")]
    [TestCase("icon.svg", "image/svg+xml")]
    public async Task Assets_are_linked_by_their_hash_and_kept_by_the_browser(string name, string type)
    {
        using var client = s_host.Client();
        var html = await client.Page("/hangfire");
        var link = html[html.IndexOf($"/hangfire/assets/{name}", StringComparison.Ordinal)..].Split('"')[0];

        using var linked = await client.Get(link);
        using var bare = await client.Get(link.Split('?')[0]);

        Assert.That(linked.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        Assert.That(linked.Headers.CacheControl!.MaxAge, Is.EqualTo(TimeSpan.FromDays(365)));
        Assert.That(bare.Headers.CacheControl!.NoCache, Is.True);
    }

    [Test]
    public async Task A_job_shows_its_call_state_history_and_continuations()
    {
        var parent = s_host.Seed.Failed("the disk is full", "me@example.org");
        var child = s_host.Seed.Awaiting(parent);
        using var client = s_host.Client();

        var html = await client.Page($"/hangfire/jobs/details/{parent}");

        Assert.That(html, Does.Contain("me@example.org").And.Contain("recipient:")
            .And.Contain("the disk is full").And.Contain("InvalidOperationException")
            .And.Contain($"/hangfire/jobs/details/{child}"));
        Assert.That(await client.Page("/hangfire/jobs/awaiting"), Does.Contain($"#{parent}").And.Contain($"#{child}"));
    }

    [TestCase("2026-11-21T14:08:36.0490000Z", "2026-11-21 14:08:36 UTC")]
    [TestCase("1795270116049", "2026-11-21 14:08:36 UTC")]
    public async Task An_instant_in_a_jobs_history_is_shown_as_one(string stored, string shown)
    {
        var job = s_host.Seed.Succeeded();
        await s_host.Database.ExecuteAsync($"UPDATE hangfire.state SET data = jsonb_build_object('SucceededAt', '{stored}') WHERE jobid = {job}");
        using var client = s_host.Client();

        Assert.That(await client.Page($"/hangfire/jobs/details/{job}"), Does.Match($"<dt>SucceededAt</dt><dd>(<time[^>]*>)?{shown}"));
    }

    [TestCase("enqueued/default", "EnqueuedAt", "not an instant")]
    [TestCase("scheduled", "EnqueueAt", "9223372036854775807")]
    [TestCase("processing", "StartedAt", "20261-11-21T14:08:36Z")]
    [TestCase("succeeded", "SucceededAt", "9223372036854775807")]
    [TestCase("succeeded", "Latency", "9223372036854775807")]
    [TestCase("failed", "FailedAt", "9223372036854775807")]
    [TestCase("deleted", "DeletedAt", "99999999999999999999")]
    public async Task What_cannot_be_read_of_a_jobs_state_keeps_nothing_else_from_being_shown(string list, string field, string stored)
    {
        var job = s_host.Seed.In(list.Split('/')[0]);
        await s_host.Database.ExecuteAsync($"UPDATE hangfire.state SET data = data || jsonb_build_object('{field}', '{stored}') WHERE jobid = {job}");
        using var client = s_host.Client();

        Assert.That(await client.Page($"/hangfire/jobs/{list}"), Does.Contain($"#{job}"));
        Assert.That(await client.Page($"/hangfire/jobs/details/{job}"), Does.Contain($"<dt>{field}</dt>"));
    }

    [Test]
    public async Task A_job_is_shown_by_the_name_that_it_was_given()
    {
        var job = s_host.Seed.Greeting("Ada");
        using var client = s_host.Client();

        Assert.That(await client.Page($"/hangfire/jobs/details/{job}"), Does.Contain("<h1>Greet Ada</h1>"));
    }

    [Test]
    public async Task A_recurring_job_shows_its_schedule()
    {
        s_host.Seed.Recurring.AddOrUpdate("nightly", Job.FromExpression<Work>(work => work.Send("team", 1)), "0 3 * * *", new RecurringJobOptions());
        using var client = s_host.Client();

        Assert.That(await client.Page("/hangfire/recurring"), Does.Contain("nightly").And.Contain("0 3 * * *").And.Contain("Work.Send"));
    }

    [Test]
    public async Task A_recurring_job_that_does_not_run_says_why()
    {
        await using var host = await DashboardHost.StartAsync();
        host.Seed.RecurringThatDoNotRun();
        using var client = host.Client();

        var html = await client.Page("/hangfire/recurring");

        var rows = html.Split("<tr>").Where(row => row.Contains("<b>", StringComparison.Ordinal)).ToDictionary(row => Regex.Match(row, "<b>(.*)</b>").Groups[1].Value);
        Assert.That(rows["never"], Does.Contain("Disabled").And.Not.Contain("class=\"error\""));
        foreach (var (id, why) in ((string, string)[])[("no-cron", "has 4 fields"), ("no-zone", "Mars/Olympus"), ("no-type", "Gone")])
            Assert.That(rows[id], Does.Contain("Disabled").And.Match($"class=\"error\">[^<]*{why}"), id);
    }

    [TestCase("", "Last 24 hours", -2)]
    [TestCase("?period=week", "Last 7 days", -48)]
    public async Task The_history_shows_what_was_counted_in_its_period(string query, string title, int hours)
    {
        await using var host = await DashboardHost.StartAsync();
        var at = DateTime.UtcNow.AddHours(hours);
        var (key, label) = query.Length > 0 ? ($"{at:yyyy-MM-dd}", $"{at:MMM d}") : ($"{at:yyyy-MM-dd-HH}", $"{at:HH}:00");
        await host.Database.ExecuteAsync($"INSERT INTO hangfire.counter (key, value) VALUES ('stats:succeeded:{key}', 1234), ('stats:failed:{key}', 56), ('stats:deleted:{key}', 7)");
        using var client = host.Client();

        var html = await client.Page($"/hangfire{query}");

        Assert.That(html, Does.Contain(title).And.Contain("1,234 succeeded").And.Contain($"""<th scope="row">{label}</th><td class="number">1,234</td><td class="number">56</td><td class="number">7</td>"""));
    }

    [Test]
    public async Task A_long_list_comes_in_pages()
    {
        await using var host = await DashboardHost.StartAsync();
        for (var i = 0; i < 25; i++) host.Seed.Deleted();
        using var client = host.Client();

        var second = await client.Page("/hangfire/jobs/deleted?from=20&count=10");

        Assert.That(Rows(second), Is.EqualTo(5));
        Assert.That(second, Does.Contain("href=\"/hangfire/jobs/deleted?from=10&amp;count=10\" aria-label=\"Previous page\"")
            .And.Not.Contain("Next page"));
        Assert.That(Rows(await client.Page("/hangfire/jobs/deleted")), Is.EqualTo(20));
    }

    [TestCase("from=-1")]
    [TestCase("from=abc&count=xyz")]
    [TestCase("count=0")]
    [TestCase("from=2147483647&count=2147483647")]
    [TestCase("from=1000000")]
    public async Task A_mistyped_page_address_still_shows_the_list(string query)
    {
        using var client = s_host.Client();

        Assert.That(await client.Page($"/hangfire/jobs/deleted?{query}"), Does.Contain("<h1>Deleted jobs</h1>"));
    }

    [Test]
    public async Task While_the_storage_is_away_the_page_says_so()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var host = await DashboardHost.StartAsync(cluster: cluster);
        using var client = host.Client();
        await cluster.CrashAsync();

        using var response = await client.Get("/hangfire/jobs/failed");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("The storage does not answer"));
        await cluster.StartAsync();
        await Eventually.That(async () => (await client.Get("/hangfire/jobs/failed")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static int Rows(string html) => html.Split("name=\"jobs[]\"").Length - 1;
}
