using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.IssueWork;

/// <summary>Agents that work on issues: from the command to what the owner is told.</summary>
[Category("Slow")]
public sealed class WorkOnIssueTests
{
    [Test]
    public async Task Work_is_followed_from_the_order_to_its_end()
    {
        await using var service = await StartAsync(Busy(), ("WORK_MODEL", "scripted/busy"));
        var started = await RunAsync(service, "work on issue #12 in acme/site");
        Assert.That(started.Text("outcome"), Is.EqualTo("done"));
        var twice = await RunAsync(service, "work on issue 12 in acme/site");
        Assert.That(twice.Text("answer"), Does.StartWith("Work on issue #12 in acme/site is under way."));
        var agent = await AgentAsync(service, "issue-12");

        await ReportAsync(service, agent, "pull_request", "https://example.test/pull/7", "report-1");
        await ReportAsync(service, agent, "pull_request", "https://example.test/pull/7", "report-1");
        await ReportAsync(service, agent, "tests_passed", "41 of 41", "report-2");
        Assert.That((await RunAsync(service, "status of issue #12")).Text("answer"), Is.EqualTo("Work on issue #12 in acme/site is under way; tests passed: 41 of 41."));
        await ReportAsync(service, agent, "done", "merged", "report-3");

        await WorkflowAsync(service, started.Id("workflow_uuid"), "SUCCESS");
        Assert.That(await NoticesAsync(service), Is.EquivalentTo(new[]
        {
            "issue-12 is up.", "issue-12 has started on issue #12 in acme/site.", "issue-12 opened a pull request: https://example.test/pull/7",
            "issue-12 ran the tests: they pass. 41 of 41", "issue-12 is done: issue #12 in acme/site: merged",
        }));
        Assert.That((await RunAsync(service, "status of issue #12")).Text("answer"), Is.EqualTo("Work on issue #12 in acme/site is done: merged"));
    }

    [Test]
    public async Task An_agent_reports_by_the_lines_of_its_reply()
    {
        var runtime = new ScriptedRuntime();
        runtime.Answer("scripted/worker", "I looked at it.\nPULL REQUEST: https://example.test/pull/8\nTESTS FAILED: 2 of 41\nFAILED: no idea what it means");
        await using var service = await StartAsync(runtime);
        await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "worker", model = "scripted/worker" });

        var started = await RunAsync(service, "work on issue 3 with worker");

        await WorkflowAsync(service, started.Id("workflow_uuid"), "SUCCESS");
        Assert.That(await NoticesAsync(service), Does.Contain("worker ran the tests: they fail. 2 of 41").And.Contain("worker could not do it: issue #3: no idea what it means"));
        Assert.That((await RunAsync(service, "status of issue #3")).Text("answer"), Does.StartWith("Work on issue #3 failed"));
    }

    [Test]
    public async Task Work_is_stopped_with_the_code_and_what_comes_after_is_refused()
    {
        await using var service = await StartAsync(Busy(), ("WORK_MODEL", "scripted/busy"));
        var started = await RunAsync(service, "work on issue #5");
        var agent = await AgentAsync(service, "issue-5");

        var asked = await RunAsync(service, "stop work on issue 5");
        var stopped = await RunAsync(service, Regex.Match(asked.Text("answer")!, "YES [0-9]{4}").Value);

        Assert.That(stopped.Text("answer"), Does.StartWith("Work on issue #5 is stopped."));
        await WorkflowAsync(service, started.Id("workflow_uuid"), "CANCELLED");
        var late = await service.Api.PostAsync("/messages", new { from = $"agent:{agent}", to = "owner", content = "x", metadata = new { kind = "progress", stage = "done" } });
        Assert.That(late.Text("code"), Is.EqualTo("no_work"));
        Assert.That((await RunAsync(service, "work on issue #5")).Text("outcome"), Is.EqualTo("done"));
    }

    [Test]
    public async Task Work_that_nobody_can_do_is_refused_at_once_and_a_task_that_is_lost_ends_it()
    {
        var runtime = new ScriptedRuntime();
        runtime.Answer("scripted/deaf", (_, _) => throw new StepFailedException("deaf", "It hears nothing.") { NonRetryable = true });
        await using var service = await StartAsync(runtime);
        await service.Api.ProvisionAsync("parrot");

        foreach (var order in new[] { "work on issue #7", "work on issue #7 in acme/site", "fix #7 with parrot", "work on issue #7 using local/echo", "work on #7 using nobody/knows", "work on #7 using openai/gpt-5" })
        {
            var refused = await RunAsync(service, order);
            Assert.That(refused.Text("outcome"), Is.AnyOf("not_understood", "refused"), order);
            Assert.That(refused.Text("answer"), Does.Contain("using <provider/model>").Or.Contain("nobody/knows").Or.Contain("OPENAI"), order);
        }

        Assert.That(await service.Database.TextAsync("SELECT (SELECT count(*) FROM openclaw.work_items) + (SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'work_on_issue')"), Is.EqualTo("0"));

        var started = await RunAsync(service, "work on issue #8 using scripted/deaf");
        await WorkflowAsync(service, started.Id("workflow_uuid"), "ERROR");
        Assert.That((await RunAsync(service, "status of issue #8")).Text("answer"), Does.StartWith("Work on issue #8 failed: The task did not get through to issue-8: It hears nothing."));
    }

    // Says nothing of how far it is; the tests report for it.
    private static ScriptedRuntime Busy()
    {
        var runtime = new ScriptedRuntime();
        runtime.Answer("scripted/busy", "I begin.");
        return runtime;
    }

    private static Task<RunningService> StartAsync(ScriptedRuntime runtime, params (string Name, string Value)[] settings) =>
        RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(runtime), null, settings);

    private static Task<Answer> RunAsync(RunningService service, string text) => service.Api.PostAsync("/api/v1/commands", new { text });

    private static async Task ReportAsync(RunningService service, Guid agent, string stage, string content, string id)
    {
        var answer = await service.Api.PostAsync("/messages", new { id, from = $"agent:{agent}", to = "owner", content, metadata = new { kind = "progress", stage } });
        Assert.That((int)answer.Status, Is.LessThan(300), answer.Body.GetRawText());
    }

    private static async Task<Guid> AgentAsync(RunningService service, string name)
    {
        var agents = await Eventually.That(
            async () => (await service.Api.GetJsonAsync("/api/v1/agents?status=running")).Body.GetProperty("agents").EnumerateArray().Where(agent => agent.GetProperty("name").GetString() == name).Select(agent => agent.GetProperty("id").GetGuid()).ToList(),
            Has.Count.EqualTo(1));
        return agents[0];
    }

    private static Task<string?> WorkflowAsync(RunningService service, Guid workflow, string status) =>
        Eventually.That(async () => (await service.Api.GetJsonAsync($"/api/v1/workflows/{workflow}")).Text("status"), Is.EqualTo(status));

    private static Task<List<string>> NoticesAsync(RunningService service) =>
        service.Database.LinesAsync("SELECT content FROM openclaw_system.notifications WHERE recipient LIKE 'owner:%' AND sender LIKE 'agent:%' ORDER BY sequence");
}
