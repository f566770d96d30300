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
internal sealed class WorkflowChangeTools(WorkflowQueries workflows, WorkflowOperations operations, WorkflowBulk bulk) : IToolbox
{
    public IEnumerable<Tool> Tools =>
    [
        new Tool("resume_workflow", "Resumes a workflow that ended without success, at the step that failed; what was done stays done.", KeyScopes.Write, [WorkflowId, IdempotencyKey],
            call => ActAsync(call, workflow => operations.ResumeAsync(workflow.WorkflowUuid, call.Caller, call.Key, call.Cancelled))) { Rest = ["POST /workflows/{uuid}/resume"] },
        new Tool("recover_workflow", "Gets a workflow going again, whatever holds it.", KeyScopes.Write, [WorkflowId, IdempotencyKey],
            call => ActAsync(call, workflow => operations.RecoverAsync(workflow.WorkflowUuid, call.Caller, call.Key, call.Cancelled))) { Rest = ["POST /workflows/{uuid}/recover"] },
        new Tool("fork_workflow", "Runs a workflow that has ended anew, as another one, from a step that it had reached.", KeyScopes.Write,
            [WorkflowId, Text("step", "The step's name; get_workflow has them.").Needed(), IdempotencyKey],
            call => ActAsync(call, workflow => operations.ForkAsync(workflow.WorkflowUuid, call.Text("step"), call.Caller, call.Key, call.Cancelled))) { Rest = ["POST /workflows/{uuid}/fork"] },
        new Tool("cancel_workflow", "Cancels a workflow at its next step. A person is asked first.", KeyScopes.Write,
            [WorkflowId, Text("reason", "For the workflow's log."), Confirm, IdempotencyKey], CancelAsync) { IsDangerous = true, Rest = ["POST /workflows/{uuid}/cancel"] },
        new Tool("change_workflows", "Cancels, resumes, recovers or forks up to 500 workflows; each is decided for itself. A person is asked first.", KeyScopes.Write,
            [
                Text("action", "cancel, resume, recover or fork.").Needed(),
                Texts("workflow_uuids", "1 to 500 of them; list_workflows has them.").Needed(),
                Text("reason", "For the log of each that is cancelled."),
                Text("step", "Where each fork begins; only for fork."),
                Confirm,
                IdempotencyKey,
                Full,
            ],
            ChangeAsync) { IsDangerous = true, Rest = ["POST /workflows/bulk"] },
    ];

    private Task<ToolAnswer> CancelAsync(ToolCall call) => ActAsync(call, workflow =>
    {
        var uuid = workflow.WorkflowUuid;
        call.Confirmation.Require(call, $"The workflow {workflow.Name} {uuid} is to be cancelled: it ends at its next step, and what it was to do after that is left undone.");
        return operations.CancelAsync(workflow, call.Text("reason"), call.Caller, call.Key, call.Cancelled);
    });

    private async Task<ToolAnswer> ChangeAsync(ToolCall call)
    {
        var request = call.Request<BulkRequest>();
        ToolCall.Require(request.Problem);
        var (action, count) = (EnumText.ToLower(request.Action!.Value), request.WorkflowUuids!.Count);
        call.Confirmation.Require(call, $"{count} {(count == 1 ? "workflow is" : "workflows are")} to be changed at once: {action}{(request.Step is { } step ? $" from step {step}" : "")}. Each is decided for itself; what one has done stays done.");
        var done = (await bulk.RunAsync(request, call.Caller, call.Key, call.Cancelled)).OrThrow();
        return AnswerText.List(call, "results", done.Results, hasMore: false, next: null, ("accepted", done.Accepted));
    }

    private async Task<ToolAnswer> ActAsync(ToolCall call, Func<Workflow, Task<Decision<Guid>>> act)
    {
        var uuid = (await act(await WorkflowTools.FindAsync(workflows, call))).OrThrow();
        var workflow = await workflows.FindAsync(uuid, call.Caller.Owner, call.Cancelled) ?? throw new InvalidOperationException($"Workflow {uuid} was accepted and is gone.");
        return AnswerText.Of(call, new Accepted(uuid, workflow.Name, EnumText.ToUpper(workflow.Status), $"It is accepted. Ask get_workflow or why with workflow: {uuid} what becomes of it."));
    }

    private sealed record Accepted(Guid WorkflowUuid, string Name, string Status, string Later);
}
