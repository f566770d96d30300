using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using OpenClaw.Jobs.Telemetry;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Gateway.Support;
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
        Assert.That(lines, Has.Some.Match("""^openclaw_workflow_duration_seconds_count\{.*workflow="provision_agent".*\} \d+$"""));
        Assert.That(lines, Has.Some.StartsWith("openclaw_jobs_ended_total"));
    }

    [Test]
    public async Task A_request_of_a_gateway_client_is_a_trace_of_its_own_with_the_workflow_that_it_starts()
    {
        var seen = new ConcurrentQueue<Activity>();
        using var listener = Listen(seen);
        var service = await SharedService.GetAsync();
        await using var client = await GatewayClient.ConnectAsync(service.Address);

        await client.CallAsync("health");
        await client.CallAsync("agents.create", new System.Text.Json.Nodes.JsonObject { ["name"] = "traced by the gateway" });

        var step = await Eventually.That(() => seen.FirstOrDefault(activity => activity.DisplayName == "provision_agent mark_running" && RootOf(activity) == "gateway agents.create"), Is.Not.Null);
        Assert.That(seen.Where(activity => activity.TraceId == step!.TraceId).Select(activity => activity.DisplayName), Does.Contain("provision_agent validate").And.Not.Contain("gateway health"));

        string? RootOf(Activity activity) => seen.FirstOrDefault(root => root.TraceId == activity.TraceId && root.ParentSpanId == default)?.DisplayName;
    }

    [Test]
    public async Task An_attempt_that_is_repeated_links_to_those_before_it()
    {
        var seen = new ConcurrentQueue<Activity>();
        using var listener = Listen(seen);
        await using var bench = await WorkflowBench.StartAsync();

        var run = await bench.RunAsync(WorkflowBench.Inline, run => bench.Script.Fail(run, "first", new InvalidOperationException("Not yet."), times: 2));
        await bench.EndsAsync(run, OpenClaw.Data.Workflows.WorkflowStatus.Success);

        var attempts = await Eventually.That(
            () => seen.Where(activity => activity.DisplayName == "scripted_inline first" && Equals(activity.GetTagItem("openclaw.workflow.uuid"), run)).OrderBy(activity => activity.GetTagItem("openclaw.step.attempt")).ToList(), Has.Count.EqualTo(3));
        Assert.That(attempts[2].Links.Select(link => link.Context.SpanId), Is.EquivalentTo(new[] { attempts[0].SpanId, attempts[1].SpanId }));
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> seen)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == OpenClawTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
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
