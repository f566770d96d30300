using System.Text.Json;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Health;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>How the gateway is, who is there, and which channels it has.</summary>
internal sealed class SystemMethods(GatewayHub hub, GatewayHealth health, OverviewQueries overview, GatewayBeats beats) : IGatewayMethods
{
    private const int MaxPresence = 1000;

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("health", null, call => health.ReadAsync(call.Caller, call.Cancelled)),
        GatewayMethod.Of("status", Scopes.Read, StatusAsync),
        GatewayMethod.Of("system-presence", Scopes.Read, _ => Task.FromResult(hub.Presence(MaxPresence))),
        GatewayMethod.Of("channels.status", Scopes.Read, _ => Task.FromResult(NoChannels())),
        new GatewayMethod("last-heartbeat", Scopes.Read, LastHeartbeatAsync),
        new GatewayMethod("config.get", Scopes.Read, _ => Task.FromResult(ProtocolJson.EmptyObject)),
    ];

    private async Task<StatusPayload> StatusAsync(GatewayCall call)
    {
        call.Params("includeChannelSummary");
        var now = await health.ReadAsync(call.Caller, call.Cancelled);
        var swarm = await overview.ReadAsync(call.Caller.Owner, call.Cancelled);
        var active = swarm.Open.GetValueOrDefault(WorkflowStatus.Pending) + swarm.Open.GetValueOrDefault(WorkflowStatus.Enqueued);
        var (terminal, failed) = (swarm.Hours.Sum(hour => hour.Total), swarm.Hours.Sum(hour => hour.Failed));
        return new StatusPayload(
            ServiceVersion.Service,
            new HeartbeatSchedules(now.DefaultAgentId, [.. now.Agents.Select(agent => new AgentHeartbeatStatus(agent.AgentId, agent.Heartbeat.Enabled, agent.Heartbeat.Every, agent.Heartbeat.EveryMs))]),
            [],
            [],
            new TaskCounts(active + terminal, active, terminal, failed),
            now.Sessions);
    }

    private async Task<JsonElement> LastHeartbeatAsync(GatewayCall call) =>
        await beats.LastAsync(call.Caller, call.Cancelled) is { } beat ? ProtocolJson.Element(beat) : JsonDocument.Parse("null").RootElement;

    private static ChannelsPayload NoChannels() => new(
        DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), [], ProtocolJson.EmptyObject, ProtocolJson.EmptyObject, ProtocolJson.EmptyObject, ProtocolJson.EmptyObject);
}
