using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Dashboard.Pages;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person does to runs.</summary>
internal static class WorkflowActions
{
    public static void MapWorkflowActions(this IEndpointRouteBuilder actions)
    {
        var workflow = actions.MapGroup(Routes.Workflows + "/{uuid:guid}");
        workflow.MapPost("/cancel", Cancel);
        workflow.MapPost("/resume", Resume);
        workflow.MapPost("/recover", Recover);
        workflow.MapPost("/fork", Fork);
    }

    private static Task<IResult> Cancel(Guid uuid, [AsParameters] Call call) => call.ActAsync(
        uuid, "It is cancelled, or will be at its next step.",
        async () => await call.Client.CancelAsync(uuid, call.Form.Caller.Actor, reason: null, call.Form.Cancelled) ? null : "It has ended; there is nothing to cancel.");

    private static Task<IResult> Resume(Guid uuid, [AsParameters] Call call) => call.ActAsync(
        uuid, "It goes on.", () => call.Client.ResumeAsync(uuid, call.Form.Caller.Actor, call.Form.Cancelled));

    private static Task<IResult> Recover(Guid uuid, [AsParameters] Call call) => call.ActAsync(
        uuid, "It has a job that works on it.", () => call.Client.RecoverAsync(uuid, call.Form.Caller.Actor, call.Form.Cancelled));

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

    internal sealed record Call(DashboardForm Form, WorkflowClient Client, WorkflowQueries Workflows, RequestDecider Decisions)
    {
        public Task<Workflow?> FindAsync(Guid uuid) => Workflows.FindAsync(uuid, Form.Caller.Owner, Form.Cancelled);

        /// <summary><paramref name="act"/> returns null or why not.</summary>
        public async Task<IResult> ActAsync(Guid uuid, string done, Func<Task<string?>> act) =>
            await FindAsync(uuid) is null
                ? DashboardPage.Missing("There is no such workflow.")
                : Form.Return(
                    await Decisions.DecideAsync<Guid>(key: null, async _ => await act() is { } refusal ? new Refusal.Conflict("refused", refusal) : uuid, Form.Cancelled),
                    Links.Workflow(uuid),
                    _ => done);
    }
}
