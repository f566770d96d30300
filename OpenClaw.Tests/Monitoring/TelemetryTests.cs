using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

public sealed class TelemetryTests
{
    [Test]
    public async Task Metrics_are_in_prometheus_text_format_and_need_the_token()
    {
        var service = await SharedService.GetAsync();
        await service.Api.ProvisionAsync();
        using var stranger = service.Client();

        Assert.That((await stranger.GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        using var answer = await service.Api.GetAsync("/metrics");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split('\n');

        Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
        Assert.That(lines, Is.All.Match("""^(# (HELP|TYPE) [a-zA-Z_]\w* .*|[a-zA-Z_]\w*(\{([a-zA-Z_]\w*="([^"\\]|\\.)*",?)*\})? [-+0-9.eE]+|[a-zA-Z_]\w*(\{.*\})? NaN)$"""));
        Assert.That(lines, Has.Some.StartsWith("openclaw_workflows_started_total{workflow=\"provision_agent\"}"));
        Assert.That(lines, Has.Some.Match("""^openclaw_step_duration_seconds_bucket\{.*step="validate".*,le="\+Inf"\} \d+$"""));
        Assert.That(lines, Has.Some.StartsWith("hangfire_jobs_succeeded_total"));
    }

    [Test]
    public async Task A_request_and_every_step_of_its_workflow_are_one_trace()
    {
        var seen = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is OpenClawTelemetry.Name or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var service = await SharedService.GetAsync();
        var trace = ActivityTraceId.CreateRandom();

        var answer = await service.Api.PostAsync(
            "/api/v1/agents/provision", new { name = "traced", model = "local/echo" }, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
        var steps = await Eventually.That(
            () => seen.Where(activity => activity.TraceId == trace && activity.Source.Name == OpenClawTelemetry.Name).Select(activity => activity.DisplayName).ToList(), Has.Count.EqualTo(5));
        Assert.That(steps, Is.EqualTo(new[] { "validate", "store_metadata", "connect_runtime", "start_heartbeat", "mark_running" }.Select(step => $"provision_agent {step}")));
        Assert.That(seen.Where(activity => activity.TraceId == trace).Select(activity => activity.GetTagItem("openclaw.agent.id")), Does.Contain(answer.Id("id")));
    }
}
