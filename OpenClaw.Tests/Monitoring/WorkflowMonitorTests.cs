using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

/// <summary>What the API tells of workflows, and does to them.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class WorkflowMonitorTests
{
    private RunningService _service = null!;

    private HttpClient Api => _service.Api;

    [OneTimeSetUp]
    public async Task Start_the_service() => _service = await RunningService.StartAsync();

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _service.DisposeAsync();

    [Test]
    public async Task Figures_are_those_of_the_ledger_counted_or_not()
    {
        await SeedAsync("seeded", "SUCCESS", count: 96, milliseconds: 100, ago: "2 hours");
        await SeedAsync("seeded", "SUCCESS", count: 3, milliseconds: 10_000, ago: "2 hours");
        await SeedAsync("seeded", "ERROR", count: 1, milliseconds: 100, ago: "2 hours");
        await SeedAsync("seeded", "CANCELLED", count: 1, milliseconds: 100, ago: "3 days");
        // The recurring count may have passed the hours that the seeds lie in, which no run that ends now can do.
        await _service.Database.ExecuteAsync("UPDATE openclaw.workflow_metrics_progress SET counted_until = '-infinity'; DELETE FROM openclaw.workflow_metrics");
        var before = await FiguresAsync("?window=24h&name=seeded");
        await _service.Services.GetRequiredService<WorkflowMetrics>().CountAsync(default);
        await _service.Services.GetRequiredService<WorkflowMetrics>().CountAsync(default);
        await _service.Services.GetRequiredService<WorkflowMetrics>().CompactAsync(default);
        await SeedAsync("seeded", "SUCCESS", count: 1, milliseconds: 100, ago: "1 second");

        var after = await FiguresAsync("?window=24h&name=seeded");

        Assert.That((Number(before, "total"), Number(before, "failed"), Number(before, "success_rate")), Is.EqualTo((100, 1, 0.99)));
        Assert.That((Number(after, "total"), Number(after, "failed"), Number(after, "succeeded")), Is.EqualTo((101, 1, 100)));
        Assert.That(Number(after, "p50_ms"), Is.EqualTo(100).Within(12).Percent);
        Assert.That(Number(after, "p95_ms"), Is.EqualTo(100).Within(12).Percent);
        Assert.That(Number(after, "p99_ms"), Is.EqualTo(10_000).Within(12).Percent);
        Assert.That(Number(after, "average_ms"), Is.EqualTo(((98 * 100) + (3 * 10_000)) / 101.0).Within(1));
        Assert.That(Number(await FiguresAsync("?window=P7D&name=seeded"), "cancelled"), Is.EqualTo(1));
    }

    [TestCase("tomorrow")]
    [TestCase("P31D")]
    [TestCase("0m")]
    public async Task A_window_that_is_none_is_refused(string window) =>
        Assert.That((await Api.GetJsonAsync($"/api/v1/workflows/metrics?window={window}")).ErrorFields, Is.EqualTo(new[] { "window" }));

    [Test]
    public async Task A_workflow_that_failed_is_forked_from_a_step_and_keeps_what_was_done_before()
    {
        var failed = await FailAsync();
        await Api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{failed.Agent}/settings", System.Net.Http.Json.JsonContent.Create(new { model = "local/echo" }), []);

        var fork = await Api.PostAsync($"/api/v1/workflows/{failed.Workflow}/fork", new { step = "validate" });

        Assert.That(fork.Status, Is.EqualTo(HttpStatusCode.Accepted), fork.Body.ToString());
        Assert.That(fork.Id("forked_from"), Is.EqualTo(failed.Workflow));
        Assert.That(fork.Id("workflow_uuid"), Is.Not.EqualTo(failed.Workflow));
        await Eventually.That(async () => (await Api.GetJsonAsync($"/api/v1/workflows/{fork.Id("workflow_uuid")}")).Text("status"), Is.EqualTo("SUCCESS"));
        Assert.That((await Api.GetJsonAsync($"/api/v1/agents/{failed.Agent}")).Text("status"), Is.EqualTo("running"));
        Assert.That((await Api.GetJsonAsync($"/api/v1/workflows/{failed.Workflow}")).Text("status"), Is.EqualTo("ERROR"), "History stays.");

        Assert.That((await Api.GetJsonAsync("/api/v1/workflows/failed?limit=500")).Body.ToString(), Does.Not.Contain($"\"workflow_uuid\":\"{failed.Workflow}\""), "Somebody has taken it up.");

        var later = await Api.PostAsync($"/api/v1/workflows/{failed.Workflow}/fork", new { step = "mark_running" });
        Assert.That((later.Status, later.Text("code")), Is.EqualTo((HttpStatusCode.Conflict, "not_forkable")), "It never got there.");
        var busy = await Api.PostAsync($"/api/v1/workflows/{failed.Workflow}/fork", new { step = "validate" });
        Assert.That((busy.Status, busy.Text("code")), Is.EqualTo((HttpStatusCode.Conflict, "not_forkable")));
        Assert.That(busy.Text("detail"), Does.Contain("is running; provision needs it to be"));
    }

    [Test]
    public async Task A_fork_from_the_middle_runs_only_the_steps_from_there()
    {
        await using var bench = await WorkflowBench.StartAsync();
        var run = await bench.RunAsync(WorkflowBench.Chained);
        await bench.EndsAsync(run, WorkflowStatus.Success);

        var (refusal, fork) = await bench.Client.ForkAsync(run, "second", "tester", default);

        Assert.That(refusal, Is.Null);
        await bench.EndsAsync(fork, WorkflowStatus.Success);
        Assert.That(bench.Script.CallsOf(fork), Is.EqualTo(new[] { "second", "third" }));
        Assert.That(await bench.TextAsync($"SELECT output #>> '{{}}' FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{fork}' AND function_id = 0"), Is.EqualTo("first"));
        Assert.That(await bench.EventsAsync(run), Does.Contain("forked:second"));
    }

    [Test]
    public async Task Failed_lists_what_wants_a_person_and_bulk_resumes_it()
    {
        var (first, second) = (await FailAsync(), await FailAsync());
        var failed = (await Api.GetJsonAsync("/api/v1/workflows/failed")).Body.GetProperty("workflows").EnumerateArray().Select(workflow => workflow.GetProperty("workflow_uuid").GetGuid());
        Assert.That(failed, Is.SupersetOf(new[] { first.Workflow, second.Workflow }));
        var unknown = Guid.NewGuid();

        var answer = await Api.PostAsync("/api/v1/workflows/bulk", new { action = "resume", workflow_uuids = new[] { first.Workflow, unknown, second.Workflow } });

        Assert.That((answer.Status, answer.Body.GetProperty("accepted").GetInt32()), Is.EqualTo((HttpStatusCode.OK, 2)));
        Assert.That(
            answer.Body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("refused").GetString()),
            Is.EqualTo(new[] { null, $"There is no workflow {unknown}.", null }));
    }

    [TestCase("1 minute")]
    [TestCase("3 days")]
    public async Task A_run_that_failed_was_resumed_and_succeeded_counts_once(string ago)
    {
        await using var bench = await WorkflowBench.StartAsync();
        var run = await bench.RunAsync(WorkflowBench.Chained, run => bench.Script.Fail(run, "first", new StepFailedException("no", "No.") { NonRetryable = true }, times: 1));
        await bench.EndsAsync(run, WorkflowStatus.Error);
        await bench.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET created_at = now() - interval '{ago}' - interval '1 minute', completed_at = now() - interval '{ago}' WHERE workflow_uuid = '{run}'");
        await bench.ExecuteAsync($"UPDATE openclaw.workflow_metrics_progress SET counted_until = '-infinity'");
        var metrics = bench.Service.Services.GetRequiredService<WorkflowMetrics>();
        var before = (await metrics.ReadAsync(TimeSpan.FromDays(7), WorkflowBench.Chained, default)).Single();
        await metrics.CompactAsync(default);
        var compact = (await metrics.ReadAsync(TimeSpan.FromDays(7), WorkflowBench.Chained, default)).Single();

        await bench.Client.ResumeAsync(run, "tester", default);
        await bench.EndsAsync(run, WorkflowStatus.Success);

        var after = (await metrics.ReadAsync(TimeSpan.FromDays(7), WorkflowBench.Chained, default)).Single();
        Assert.That((before.Failed, before.Succeeded, before.Total), Is.EqualTo((1, 0, 1)));
        Assert.That(compact, Is.EqualTo(before));
        Assert.That((after.Failed, after.Succeeded, after.Total), Is.EqualTo((0, 1, 1)));
        Assert.That(await bench.TextAsync($"SELECT sum(runs) FROM openclaw.workflow_metrics WHERE name = 'scripted_chained'"), Is.EqualTo("0"), "The failure was counted, and is no more.");
    }

    [Test]
    public async Task What_people_do_to_workflows_is_audited_and_many_are_forked_at_once()
    {
        var (first, second) = (await FailAsync(), await FailAsync());
        await Api.PostAsync($"/api/v1/workflows/{first.Workflow}/resume");
        await Eventually.That(async () => (await Api.GetJsonAsync($"/api/v1/workflows/{first.Workflow}")).Text("status"), Is.EqualTo("ERROR"));
        var stepless = await Api.PostAsync("/api/v1/workflows/bulk", new { action = "fork", workflow_uuids = new[] { first.Workflow } });

        var forked = await Api.PostAsync("/api/v1/workflows/bulk", new { action = "fork", step = "validate", workflow_uuids = new[] { first.Workflow, second.Workflow, Guid.NewGuid() } });

        Assert.That(stepless.ErrorFields, Is.EqualTo(new[] { "step" }));
        Assert.That((forked.Status, forked.Body.GetProperty("accepted").GetInt32()), Is.EqualTo((HttpStatusCode.OK, 2)), forked.Body.ToString());
        Assert.That(
            await _service.Database.LinesAsync($"SELECT actor, action FROM openclaw.audit_log WHERE subject = 'workflow:{first.Workflow}' ORDER BY id"),
            Is.EqualTo(new[] { "api|workflow.resume", "api|workflow.fork" }));
    }

    [Test]
    public async Task Cancelling_and_recovering_an_open_run_is_audited()
    {
        await using var bench = await WorkflowBench.StartAsync();
        var run = await bench.Client.HoldAsync(new OpenClaw.Jobs.Engine.WorkflowStart(WorkflowBench.Chained, "admin", new { }), default);

        Assert.That((await bench.Service.Api.PostAsync($"/api/v1/workflows/{run}/cancel", new { reason = "enough" })).Status, Is.EqualTo(HttpStatusCode.Accepted));

        await bench.EndsAsync(run, WorkflowStatus.Cancelled);
        var open = await bench.Client.HoldAsync(new OpenClaw.Jobs.Engine.WorkflowStart(WorkflowBench.Chained, "admin", new { }), default);
        Assert.That((await bench.Service.Api.PostAsync($"/api/v1/workflows/{open}/recover")).Status, Is.EqualTo(HttpStatusCode.Accepted));
        await bench.EndsAsync(open, WorkflowStatus.Success);
        Assert.That(
            await bench.Service.Database.LinesAsync($"SELECT actor, action, coalesce(detail, '') FROM openclaw.audit_log WHERE subject IN ('workflow:{run}', 'workflow:{open}') AND actor = 'api' ORDER BY id"),
            Is.EqualTo(new[] { "api|workflow.cancel|enough", "api|workflow.recover|" }));
    }

    [Test]
    public async Task An_agents_summary_tells_how_it_is_and_how_each_of_its_workflows_went()
    {
        var agent = await Api.ProvisionAsync();
        await Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");
        var well = (await Api.GetJsonAsync($"/api/v1/agents/{agent}/workflows/summary")).Body;
        await _service.Database.ExecuteAsync(
            $"INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, agent_id, owner, request, due_at, completed_at) VALUES ('{Guid.CreateVersion7()}', 'heartbeat', 1, 'inline', 'ERROR', '{agent}', 'admin', 'null', now(), now())");
        var degraded = (await Api.GetJsonAsync($"/api/v1/agents/{agent}/workflows/summary")).Body;
        var failed = (await Api.GetJsonAsync($"/api/v1/agents/{(await FailAsync()).Agent}/workflows/summary")).Body;

        Assert.That((well.GetProperty("health").GetString(), well.GetProperty("reasons").GetArrayLength()), Is.EqualTo(("ok", 0)));
        Assert.That(
            well.GetProperty("workflows").EnumerateArray().Select(workflow => (workflow.GetProperty("name").GetString(), Number(workflow, "total"), workflow.GetProperty("last_status").GetString())),
            Is.EqualTo(new[] { ("heartbeat", 1, "SUCCESS"), ("provision_agent", 1.0, "SUCCESS") }));
        Assert.That((degraded.GetProperty("health").GetString(), degraded.GetProperty("reasons")[0].GetString()), Is.EqualTo(("degraded", "The last heartbeat ended as ERROR.")));
        Assert.That(Number(degraded.GetProperty("workflows")[0], "success_rate"), Is.EqualTo(0.5));
        Assert.That(failed.GetProperty("health").GetString(), Is.EqualTo("failed"));
        Assert.That((await Api.GetJsonAsync($"/api/v1/agents/{Guid.NewGuid()}/workflows/summary")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_bulk_request_without_action_or_uuids_names_both()
    {
        var refused = await Api.PostAsync("/api/v1/workflows/bulk", new { workflow_uuids = Array.Empty<Guid>() });

        Assert.That((refused.Status, refused.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "action", "workflow_uuids" })));
    }

    private async Task<(Guid Agent, Guid Workflow)> FailAsync()
    {
        var failed = await Api.PostAsync("/api/v1/agents/provision", new { name = "nowhere", model = "nobody/knows" });
        return (failed.Id("agent_id"), failed.Id("workflow_uuid"));
    }

    private async Task<JsonElement> FiguresAsync(string query) =>
        (await Api.GetJsonAsync($"/api/v1/workflows/metrics{query}")).Body.GetProperty("workflows").EnumerateArray().Single();

    private static double Number(JsonElement figures, string name) => figures.GetProperty(name).GetDouble();

    private Task SeedAsync(string name, string status, int count, int milliseconds, string ago) =>
        _service.Database.ExecuteAsync(
            $"""
            INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, owner, request, due_at, created_at, completed_at)
            SELECT gen_random_uuid(), '{name}', 1, 'inline', '{status}', 'somebody', 'null', now(),
                   now() - interval '{ago}' - interval '{milliseconds} milliseconds', now() - interval '{ago}'
            FROM generate_series(1, {count})
            """);
}
