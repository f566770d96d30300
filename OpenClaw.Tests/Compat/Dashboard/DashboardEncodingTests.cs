using Hangfire;
using Hangfire.Common;

namespace OpenClaw.Tests.Compat.Dashboard;

public sealed class DashboardEncodingTests
{
    private const string Evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";

    private static DashboardHost s_host = null!;

    [OneTimeSetUp]
    public static async Task Start() => s_host = await DashboardHost.StartAsync(options => options.DashboardTitle = $"Title {Evil}");

    [OneTimeTearDown]
    public static async Task Stop() => await s_host.DisposeAsync();

    [Test]
    public async Task What_users_and_jobs_say_is_shown_and_never_becomes_markup()
    {
        var failed = s_host.Seed.Failed($"message {Evil}", $"argument {Evil}");
        var greeting = s_host.Seed.Greeting($"name {Evil}");
        s_host.Seed.Retrying($"retry {Evil}");
        var result = s_host.Seed.Succeeded($"result {Evil}");
        s_host.Seed.Recurring.AddOrUpdate($"recurring {Evil}", Job.FromExpression<Work>(work => work.Greet(Evil)), "0 0 * * *", new RecurringJobOptions());
        using var client = s_host.Client();

        (string Page, string Shown)[] pages =
        [
            ("/hangfire/jobs/failed", "message"),
            ($"/hangfire/jobs/details/{failed}", "argument"),
            ($"/hangfire/jobs/details/{greeting}", "name"),
            ($"/hangfire/jobs/details/{result}", "result"),
            ("/hangfire/jobs/enqueued", "name"),
            ("/hangfire/jobs/enqueued/default", "name"),
            ("/hangfire/retries", "retry"),
            ("/hangfire/recurring", "recurring"),
            ("/hangfire", "Title"),
        ];
        foreach (var (page, shown) in pages)
        {
            var html = await client.Page(page);
            Assert.That(html, Does.Contain($"{shown} ").And.Contain("&lt;script&gt;alert(1)&lt;/script&gt;"), page);
            Assert.That(html, Does.Not.Contain("<script>").And.Not.Contain("<img"), page);
        }
    }

    [TestCase("/hangfire/jobs/enqueued/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [TestCase("/hangfire/jobs/details/%3Cscript%3Ealert(1)")]
    [TestCase("/hangfire/jobs/failed?did=%3Cscript%3E&done=1&of=1")]
    [TestCase("/hangfire/jobs/failed?from=%3Cscript%3E&count=%3Cscript%3E")]
    public async Task Nor_does_what_stands_in_the_address(string address)
    {
        using var client = s_host.Client();

        using var response = await client.Get(address);

        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("<script>"));
    }

    [Test]
    public async Task A_result_of_megabytes_does_not_make_the_page_as_large()
    {
        var job = s_host.Seed.Succeeded(new string('x', 5_000_000));
        using var client = s_host.Client();

        var html = await client.Page($"/hangfire/jobs/details/{job}");

        Assert.That(html, Has.Length.LessThan(100_000));
        Assert.That(html, Does.Contain("characters more"));
    }
}
