using System.Text.Json;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Our own additions: pausing agents with their state kept, resuming them, and what they were left with.</summary>
internal sealed class LifecycleMethods(AgentService service, AgentQueries agents, TargetResolver targets) : IGatewayMethods
{
    private const int ShownCheckpoints = 50;

    public IEnumerable<GatewayMethod> All =>
    [
        Operation("agents.pause", (agent, call, _) => service.PauseAsync(agent, call.Caller, null, call.Cancelled)),
        Operation("agents.resume", (agent, call, given) => service.ResumeAsync(agent, given.Number("checkpoint", 0, 0, int.MaxValue) is > 0 and var number ? number : null, call.Caller, null, call.Cancelled), "checkpoint"),
        Operation("agents.stop", (agent, call, _) => service.StopAsync(agent, call.Caller, null, call.Cancelled)),
        Operation("agents.heartbeat", (agent, call, _) => service.HeartbeatAsync(agent, call.Caller, null, call.Cancelled)),
        new GatewayMethod("agents.checkpoints", Scopes.Read, CheckpointsAsync),
    ];

    private GatewayMethod Operation(string name, Func<Guid, GatewayCall, GatewayParams, Task<Decision<StartedOperation>>> operate, params string[] more) => GatewayMethod.Of(
        name,
        Scopes.Admin,
        async call =>
        {
            var given = call.Params(["agentId", .. more]);
            var agent = await targets.AgentAsync(given.Filled("agentId"), call.Caller, call.Cancelled);
            var started = (await operate(agent.Id, call, given)).OrThrow();
            return new OperationStarted(true, AgentLookup.Of(agent), started.WorkflowUuid);
        });

    private async Task<JsonElement> CheckpointsAsync(GatewayCall call)
    {
        var given = call.Params("agentId");
        var agent = await targets.AgentAsync(given.Filled("agentId"), call.Caller, call.Cancelled);
        var checkpoints = await agents.CheckpointsAsync(agent.Id, ShownCheckpoints, call.Cancelled);

        // As the REST API shows them.
        return JsonSerializer.SerializeToElement(new { checkpoints = checkpoints.Select(CheckpointResponse.From) }, WorkflowJson.Options);
    }
}
