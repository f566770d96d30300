using System.Text.Json;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Web.Api.Workflows;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Our own additions: workflows, as the REST API shows them and does things to them.</summary>
internal sealed class WorkflowMethods(WorkflowQueries queries, WorkflowClient client) : IGatewayMethods
{
    private const int MaxList = 500;
    private const int DefaultList = 50;
    private const int MaxReason = 1_000;

    public IEnumerable<GatewayMethod> All =>
    [
        new GatewayMethod("workflows.list", Scopes.Read, ListAsync),
        new GatewayMethod("workflows.get", Scopes.Read, GetAsync),
        Action("workflows.cancel", async (uuid, call, given) => await client.CancelAsync(uuid, call.Caller.Actor, given.OptionalText("reason", MaxReason), call.Cancelled) ? null : "The workflow has ended; there is nothing to cancel.", "reason"),
        Action("workflows.resume", (uuid, call, _) => client.ResumeAsync(uuid, call.Caller.Actor, call.Cancelled)),
        Action("workflows.recover", (uuid, call, _) => client.RecoverAsync(uuid, call.Caller.Actor, call.Cancelled)),
        new GatewayMethod("workflows.fork", Scopes.Admin, ForkAsync),
    ];

    private async Task<JsonElement> ListAsync(GatewayCall call)
    {
        var given = call.Params("status", "name", "limit", "cursor");
        var limit = given.Number("limit", DefaultList, 1, MaxList);
        var filter = new WorkflowFilter(given.OneOf<WorkflowStatus>("status"), given.OptionalText("name"), AgentId: null, Since: null, given.OptionalText("cursor") is null ? null : given.Uuid("cursor"));
        var list = WorkflowListResponse.From(await queries.ListAsync(filter, call.Caller.Owner, limit, call.Cancelled), limit);
        return Json(list with { Workflows = [.. list.Workflows.Select(workflow => workflow with { Error = Visible(workflow.Error, call) })] });
    }

    private async Task<JsonElement> GetAsync(GatewayCall call)
    {
        var workflow = await FindAsync(call.Params("workflowUuid").Uuid("workflowUuid"), call);
        var steps = await queries.StepsAsync(workflow.WorkflowUuid, call.Cancelled);
        var shown = WorkflowResponse.From(workflow);
        return Json(new
        {
            workflow = shown with { Error = Visible(shown.Error, call) },
            steps = steps.Select(StepResponse.From).Select(step => step with { Error = Visible(step.Error, call) }),
        });
    }

    private async Task<JsonElement> ForkAsync(GatewayCall call)
    {
        var given = call.Params("workflowUuid", "step");
        var workflow = await FindAsync(given.Uuid("workflowUuid"), call);
        var (refusal, fork) = await client.ForkAsync(workflow.WorkflowUuid, given.Filled("step"), call.Caller.Actor, call.Cancelled);
        return refusal is null ? await ShowAsync(fork, call) : throw GatewayException.Unavailable(refusal, "not_forkable");
    }

    private GatewayMethod Action(string name, Func<Guid, GatewayCall, GatewayParams, Task<string?>> act, params string[] more) => new(
        name,
        Scopes.Admin,
        async call =>
        {
            var given = call.Params(["workflowUuid", .. more]);
            var workflow = await FindAsync(given.Uuid("workflowUuid"), call);
            return await act(workflow.WorkflowUuid, call, given) is { } refusal
                ? throw GatewayException.Unavailable(refusal)
                : await ShowAsync(workflow.WorkflowUuid, call);
        });

    // The exception in full names hosts and code: it is for those who run the service.
    private static JsonElement? Visible(JsonElement? error, GatewayCall call) =>
        error is not { ValueKind: JsonValueKind.Object } full || Scopes.Allows(call.Connection.Connected!.Scopes, Scopes.Admin)
            ? error
            : JsonSerializer.SerializeToElement(full.Deserialize<WorkflowError>(WorkflowJson.Options)! with { Detail = null }, WorkflowJson.Options);

    private async Task<Workflow> FindAsync(Guid uuid, GatewayCall call) =>
        await queries.FindAsync(uuid, call.Caller.Owner, call.Cancelled) ?? throw GatewayException.Invalid($"There is no workflow {uuid}.", "workflow_not_found");

    private async Task<JsonElement> ShowAsync(Guid uuid, GatewayCall call) => Json(WorkflowResponse.From(await FindAsync(uuid, call)));

    private static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), WorkflowJson.Options);
}
