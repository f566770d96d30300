using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Workflows.Definitions;
using OpenClaw.Tests.Jobs.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Jobs;

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
                "heartbeat 1 Inline heartbeats: open_execution, run_checklist, record_results, alert_if_needed, schedule_next",
                "route_message 1 Inline messages: resolve_recipient, deliver, reply",
                "send_notification 1 Inline default: choose_text_or_template, send, record",
                "receive_whatsapp 1 Inline default: admit, keep_media, obey, answer",
                "check_routing 1 Inline default: ask_runtimes",
            }));
    }

    [TestCase(WorkflowBench.Chained, "RunStepAsync", """["System.Guid, mscorlib","System.String, mscorlib","Hangfire.Server.PerformContext, Hangfire.Core","System.Threading.CancellationToken, mscorlib"]""")]
    [TestCase(WorkflowBench.Inline, "RunAsync", """["System.Guid, mscorlib","Hangfire.Server.PerformContext, Hangfire.Core","System.Threading.CancellationToken, mscorlib"]""")]
    public async Task Jobs_keep_their_type_method_and_parameters(string workflow, string method, string parameters)
    {
        await using var bench = await WorkflowBench.StartAsync();
        var run = await bench.RunAsync(workflow);
        await bench.EndsAsync(run, WorkflowStatus.Success);

        Assert.That(
            await bench.TextAsync($"""
                SELECT concat_ws(' ', invocationdata ->> 'Type', invocationdata ->> 'Method', invocationdata ->> 'ParameterTypes')
                FROM hangfire.job WHERE arguments::text LIKE '%{run}%' LIMIT 1
                """),
            Is.EqualTo($"OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs {method} {parameters}"));
    }
}
