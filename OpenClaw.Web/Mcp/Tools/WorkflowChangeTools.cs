using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Workflows;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What a person can do to runs of workflows.</summary>
internal sealed class WorkflowChangeTools(WorkflowQueries workflows, WorkflowOperations operations) : IToolbox
{
    public IEnumerable<Tool> Tools =>
    [
        new Tool("resume_workflow", "Resumes a workflow that ended without success, at the step that failed; what was done stays done.", KeyScopes.Write, [WorkflowId, IdempotencyKey],
            call => ActAsync(call, workflow => operations.ResumeAsync(workflow.WorkflowUuid, call.Caller, call.Key, call.Cancelled))),
        new Tool("recover_workflow", "Gets a workflow going again, whatever holds it.", KeyScopes.Write, [WorkflowId, IdempotencyKey],
            call => ActAsync(call, workflow => operations.RecoverAsync(workflow.WorkflowUuid, call.Caller, call.Key, call.Cancelled))),
        new Tool("fork_workflow", "Runs a workflow that has ended anew, as another one, from a step that it had reached.", KeyScopes.Write,
            [WorkflowId, Text("step", "The step's name; get_workflow has them.").Needed(), IdempotencyKey],
            call => ActAsync(call, workflow => operations.ForkAsync(workflow.WorkflowUuid, call.Text("step"), call.Caller, call.Key, call.Cancelled))),
        new Tool("cancel_workflow", "Cancels a workflow at its next step. A person is asked first.", KeyScopes.Write,
            [WorkflowId, Text("reason", "For the workflow's log."), Confirm, IdempotencyKey], CancelAsync) { IsDangerous = true },
    ];

    private Task<ToolAnswer> CancelAsync(ToolCall call) => ActAsync(call, workflow =>
    {
        var uuid = workflow.WorkflowUuid;
        call.Confirmation.Require(call, $"The workflow {workflow.Name} {uuid} is to be cancelled: it ends at its next step, and what it was to do after that is left undone.");
        return operations.CancelAsync(workflow, call.Text("reason"), call.Caller, call.Key, call.Cancelled);
    });

    private async Task<ToolAnswer> ActAsync(ToolCall call, Func<Workflow, Task<Decision<Guid>>> act)
    {
        var uuid = (await act(await WorkflowTools.FindAsync(workflows, call))).OrThrow();
        var workflow = await workflows.FindAsync(uuid, call.Caller.Owner, call.Cancelled) ?? throw new InvalidOperationException($"Workflow {uuid} was accepted and is gone.");
        return AnswerText.Of(call, new Accepted(uuid, workflow.Name, EnumText.ToUpper(workflow.Status), $"It is accepted. Ask get_workflow or why with workflow: {uuid} what becomes of it."));
    }

    private sealed record Accepted(Guid WorkflowUuid, string Name, string Status, string Later);
}
