using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Workflows;
using OpenClaw.Web.Dashboard.Pages;
using OpenClaw.Web.Dashboard.Parts;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person does to runs.</summary>
internal static class WorkflowActions
{
    private const int ShownRefusals = 3;

    public static void MapWorkflowActions(this IEndpointRouteBuilder actions)
    {
        actions.MapPost(Routes.Workflows + "/resume", ResumeAll);
        var workflow = actions.MapGroup(Routes.Workflows + "/{uuid:guid}");
        workflow.MapPost("/cancel", Cancel);
        workflow.MapPost("/resume", Resume);
        workflow.MapPost("/recover", Recover);
        workflow.MapPost("/fork", Fork);
    }

    private static Task<IResult> Cancel(Guid uuid, [AsParameters] Call call) => call.ActAsync(
        uuid, Cancelled,
        () => call.Decisions.DecideAsync<Guid>(
            key: null,
            async _ => await call.Client.CancelAsync(uuid, call.Form.Caller.Actor, reason: null, call.Form.Cancelled) ? uuid : new Refusal.Conflict("workflow_ended", "It has ended; there is nothing to cancel."),
            call.Form.Cancelled));

    private static Task<IResult> Resume(Guid uuid, [AsParameters] Call call) => call.ActAsync(
        uuid, Continued, () => call.Operations.ResumeAsync(uuid, call.Form.Caller, key: null, call.Form.Cancelled));

    // Each is decided for itself, as one button after another would.
    private static async Task<IResult> ResumeAll([AsParameters] Call call)
    {
        var ids = call.Form.Fields["id"].Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Take(PageSizes.Most).ToList();
        var refusals = new List<string>();
        foreach (var uuid in ids)
        {
            if (await call.ResumeAsync(uuid) is { } refusal)
            {
                refusals.Add(refusal);
            }
        }

        var told = $"{Say.Count(ids.Count - refusals.Count, "workflow")} of {Say.Count(ids.Count)} {(ids.Count - refusals.Count == 1 ? "was" : "were")} told to go on.";
        return call.Form.Return(Links.Overview, refusals.Count == 0 ? told : $"{told} {string.Join(" ", refusals.Distinct().Take(ShownRefusals))}", failed: refusals.Count > 0 || ids.Count == 0);
    }

    private static Task<IResult> Recover(Guid uuid, [AsParameters] Call call) => call.ActAsync(
        uuid, Continued, () => call.Operations.RecoverAsync(uuid, call.Form.Caller, key: null, call.Form.Cancelled));

    private static async Task<IResult> Fork(Guid uuid, [AsParameters] Call call)
    {
        if (await call.FindAsync(uuid) is null)
        {
            return DashboardPage.Missing("There is no such workflow.");
        }

        var decision = await call.Decisions.DecideAsync<Guid>(
            key: null,
            async _ => await call.Client.ForkAsync(uuid, call.Form.Text("step") ?? "", call.Form.Caller.Actor, call.Form.Cancelled) is var (refusal, fork) && refusal is null
                ? fork
                : new Refusal.Conflict("not_forkable", refusal!),
            call.Form.Cancelled);
        if (decision is not Decision<Guid>.Accepted { Value: var forked })
        {
            return call.Form.Return(decision, Links.Workflow(uuid), _ => "");
        }

        Notice.Tell(call.Form.Context.Response, "This is the fork.");
        return TypedResults.LocalRedirect(Links.Workflow(forked));
    }

    private static (string Told, bool Failed) Cancelled(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => ("The workflow had succeeded before it could be cancelled.", true),
        RunOutcome.Failed => ("The workflow is cancelled.", false),
        _ => ("The workflow was told to end at its next step.", false),
    };

    private static (string Told, bool Failed) Continued(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => ("The workflow has succeeded.", false),
        RunOutcome.Failed => ("The workflow went on and ended without success.", true),
        _ => ("The workflow was told to go on.", false),
    };

    internal sealed record Call(DashboardForm Form, WorkflowClient Client, WorkflowCompletions Runs, WorkflowQueries Workflows, WorkflowOperations Operations, RequestDecider Decisions)
    {
        public Task<Workflow?> FindAsync(Guid uuid) => Workflows.FindAsync(uuid, Form.Caller.Owner, Form.Cancelled);

        /// <summary>Null, or why not.</summary>
        public async Task<string?> ResumeAsync(Guid uuid) => await FindAsync(uuid) is null
            ? "There is no such workflow."
            : await Operations.ResumeAsync(uuid, Form.Caller, key: null, Form.Cancelled) is Decision<Guid>.Refused { Refusal.Detail: var detail } ? detail : null;

        /// <summary><paramref name="say"/> tells what the run has come to when <paramref name="act"/> is accepted.</summary>
        public async Task<IResult> ActAsync(Guid uuid, Func<RunOutcome, (string Told, bool Failed)> say, Func<Task<Decision<Guid>>> act)
        {
            if (await FindAsync(uuid) is null)
            {
                return DashboardPage.Missing("There is no such workflow.");
            }

            var decision = await act();
            if (decision is not Decision<Guid>.Accepted)
            {
                return Form.Return(decision, Links.Workflow(uuid), _ => "");
            }

            var (told, failed) = say(await Runs.OutcomeAsync(uuid, Form.Cancelled));
            return Form.Return(Links.Workflow(uuid), told, failed);
        }
    }
}
