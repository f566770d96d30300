using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>What a running database holds when a new build starts on it: none of it may ever change, only be added to.</summary>
public sealed class StoredContractTests
{
    [Test]
    public async Task Workflows_and_their_steps_keep_their_names_and_order()
    {
        var catalog = (await SharedService.GetAsync()).Services.GetRequiredService<WorkflowCatalog>();

        Assert.That(
            catalog.All.Select(workflow => $"{workflow.Name} {workflow.Version} {workflow.Mode} {workflow.Queue}: {string.Join(", ", workflow.Steps.Select(step => step.Name))}"),
            Is.SupersetOf(new[]
            {
                "provision_agent 1 Chained agents: validate, store_metadata, connect_runtime, start_heartbeat, mark_running",
                "pause_agent 1 Chained agents: quiesce, capture_state, store_checkpoint, mark_paused",
                "resume_agent 1 Chained agents: load_checkpoint, restore_state, reconnect_runtime, restart_heartbeat, mark_running, deliver_parked",
                "stop_agent 1 Chained agents: quiesce, disconnect_runtime, mark_stopped",
                "change_runtime 1 Chained agents: connect_runtime, store_connection, leave_runtime",
                "heartbeat 1 Inline heartbeats: open_execution, run_checklist, record_results, alert_if_needed, schedule_next",
                "route_message 1 Inline messages: resolve_recipient, deliver, reply",
                "send_notification 1 Inline default: choose_text_or_template, send, record",
                "receive_whatsapp 1 Inline default: admit, keep_media, obey, answer",
                "check_routing 1 Inline default: ask_runtimes",
            }));
    }

    [TestCase(WorkflowBench.Chained, "RunStepAsync", """["System.Guid, mscorlib","System.String","Hangfire.Server.PerformContext, Hangfire.Core","System.Threading.CancellationToken, mscorlib"]""")]
    [TestCase(WorkflowBench.Inline, "RunAsync", """["System.String","Hangfire.Server.PerformContext, Hangfire.Core","System.Threading.CancellationToken, mscorlib"]""")]
    public async Task Jobs_keep_their_type_method_and_parameters(string workflow, string method, string parameters)
    {
        await using var bench = await WorkflowBench.StartAsync();
        var run = await bench.RunAsync(workflow);
        await bench.EndsAsync(run, WorkflowStatus.Success);

        var type = workflow == WorkflowBench.Inline ? "Runners.RunnerJobs" : "Execution.WorkflowJobs";
        Assert.That(
            await bench.TextAsync($"""
                SELECT concat_ws(' ', invocationdata ->> 'Type', invocationdata ->> 'Method', invocationdata ->> 'ParameterTypes')
                FROM hangfire.job j JOIN openclaw_system.operation_outputs o ON o.job_id = j.id::text WHERE o.workflow_uuid = '{run}' LIMIT 1
                """),
            Is.EqualTo($"OpenClaw.Jobs.Workflows.{type}, OpenClaw.Jobs {method} {parameters}"));
    }

    [Test]
    public async Task A_job_that_the_build_before_had_for_an_inline_run_ends_and_its_run_goes_on()
    {
        await using var bench = await WorkflowBench.StartAsync();
        var run = await bench.RunAsync(WorkflowBench.Inline);
        await bench.EndsAsync(run, WorkflowStatus.Success);

        // As its stand-in for Hangfire wrote it, with the queue that it had then.
        var job = await bench.TextAsync($"""
            WITH job AS (
                INSERT INTO hangfire.job (invocationdata, arguments, createdat, statename)
                VALUES (jsonb_build_object('Type', 'OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs', 'Method', 'RunAsync',
                        'ParameterTypes', '["System.Guid, mscorlib","Hangfire.Server.PerformContext, Hangfire.Core","System.Threading.CancellationToken, mscorlib"]',
                        'Arguments', '["\"{run}\"",null,null]'), '["\"{run}\"",null,null]', now(), 'Enqueued')
                RETURNING id
            ), state AS (
                INSERT INTO hangfire.state (jobid, name, createdat, data) SELECT id, 'Enqueued', now(), jsonb_build_object('Queue', 'messages') FROM job RETURNING id, jobid
            ), queued AS (
                INSERT INTO hangfire.jobqueue (jobid, queue) SELECT id, 'messages' FROM job
            )
            SELECT jobid FROM state
            """);

        await Eventually.That(() => bench.TextAsync($"SELECT statename FROM hangfire.job WHERE id = {job}"), Is.EqualTo("Succeeded"), TimeSpan.FromSeconds(20));
        Assert.That(bench.Script.CallsOf(run), Has.Length.EqualTo(3), "The run was over, and was not run again.");
    }
}
