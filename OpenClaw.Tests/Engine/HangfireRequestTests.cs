using System.Net;
using System.Net.Http.Headers;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>Requests to Hangfire's dashboard, without a browser: who may change what, and what is refused.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class HangfireRequestTests
{
    private WorkflowBench _bench = null!;

    private IBackgroundJobClient Client => _bench.Service.Services.GetRequiredService<IBackgroundJobClient>();

    [OneTimeSetUp]
    public async Task StartAsync() => _bench = await WorkflowBench.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_change_with_a_cookie_and_no_token_is_refused_and_does_nothing()
    {
        var job = Client.Create(Job.FromExpression(() => ReportJobs.Write("kept")), new EnqueuedState(ReportJobs.UnservedQueue))!;
        using var browser = _bench.Service.Browser();
        await new SignInForm(browser).SignInAsync(RunningService.Token);

        foreach (var path in new[] { $"/hangfire/jobs/actions/delete/{job}", "/hangfire/jobs/enqueued/delete", "/hangfire/stats", "/hangfire/recurring/remove" })
        {
            using var answer = await browser.PostAsync(path, new FormUrlEncodedContent([new("jobs[]", job), new("jobs[]", Recurring.Retention)]));

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("antiforgery_token_required"), path);
        }

        await StateOfAsync(job, EnqueuedState.StateName);
        Assert.That(await _bench.TextAsync($"SELECT count(*) FROM hangfire.set WHERE key = 'recurring-jobs' AND value = 'retention'"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_program_changes_a_job_with_its_bearer_token_alone()
    {
        var job = Client.Create(Job.FromExpression(() => ReportJobs.Write("not wanted")), new EnqueuedState(ReportJobs.UnservedQueue))!;

        using var deleted = await _bench.Service.Api.PostAsync("/hangfire/jobs/enqueued/delete", new FormUrlEncodedContent([new("jobs[]", job)]));
        using var numbers = await _bench.Service.Api.PostAsync("/hangfire/stats", new FormUrlEncodedContent([new("metrics[]", "deleted:count")]));

        Assert.That((deleted.StatusCode, numbers.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.OK)));
        await StateOfAsync(job, DeletedState.StateName);
    }

    [TestCase("GET", "/stats", null, 405)]
    [TestCase("GET", "/recurring/trigger", null, 405)]
    [TestCase("PUT", "", null, 405)]
    [TestCase("DELETE", "/jobs/failed", null, 405)]
    [TestCase("GET", "/jobs/details/abc", null, 400)]
    [TestCase("GET", "/jobs/details/99999999999999999999999", null, 400)]
    [TestCase("POST", "/stats", null, 400)]
    [TestCase("POST", "/stats", "application/json", 400)]
    [TestCase("POST", "/jobs/failed/requeue", "multipart/form-data; boundary=x", 400)]
    [TestCase("POST", "/jobs/actions/requeue/abc", "application/x-www-form-urlencoded", 400)]
    public async Task What_it_cannot_read_is_refused_with_a_reason(string method, string path, string? contentType, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/hangfire{path}");
        if (contentType is not null)
        {
            request.Content = new StringContent("jobs[]=abc");
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        using var answer = await _bench.Service.Api.SendAsync(request);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("job dashboard"));
    }

    [TestCase("/hangfire/nothing-here")]
    [TestCase("/hangfire/js/nothing-here")]
    public async Task What_it_does_not_have_is_not_found(string path)
    {
        Assert.That((await _bench.Service.Api.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private Task<string> StateOfAsync(string job, string state) =>
        Eventually.That(() => _bench.TextAsync($"SELECT statename FROM hangfire.job WHERE id = {job}"), Is.EqualTo(state));
}
