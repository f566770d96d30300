using System.Net;
using OpenClaw.Data.Workflows;
using OpenClaw.Tests.Jobs.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Jobs;

/// <summary>The job dashboard and the ledger tell one story, whichever of them a person uses.</summary>
public sealed class HangfireDashboardTests
{
    [Test]
    public async Task A_failed_step_shows_its_exception_and_requeue_continues_the_chain()
    {
        await using var bench = await WorkflowBench.StartAsync();
        var run = await bench.RunAsync(WorkflowBench.Chained, run => bench.Script.Fail(run, "second", new InvalidOperationException("the disk is full"), times: 3));
        await bench.EndsAsync(run, WorkflowStatus.Error);
        using var browser = bench.Service.Browser();
        await new SignInForm(browser).SignInAsync(RunningService.Token);
        var job = await bench.TextAsync($"SELECT job_id FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{run}' AND function_id = 1");

        var details = await Eventually.That(() => browser.GetStringAsync($"/hangfire/jobs/details/{job}"), Does.Contain("the disk is full"));
        Assert.That(details, Does.Contain(nameof(InvalidOperationException)));
        var requeued = await browser.PostAsync("/hangfire/jobs/failed/requeue", new FormUrlEncodedContent(
        [
            new(SignInForm.TokenField, await new SignInForm(browser).TokenAsync("/hangfire/jobs/failed")),
            new("jobs[]", job),
        ]));

        Assert.That(requeued.StatusCode, Is.EqualTo(HttpStatusCode.Found).Or.EqualTo(HttpStatusCode.SeeOther).Or.EqualTo(HttpStatusCode.OK));
        await bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(bench.Script.CallsOf(run), Is.EqualTo(new[] { "first", "second", "second", "second", "second", "third" }));
        Assert.That(await bench.EventsAsync(run), Does.Contain("resumed:second"));
    }
}
