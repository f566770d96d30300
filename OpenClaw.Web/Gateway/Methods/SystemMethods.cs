using System.Text.Json;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Health;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>How the gateway is, who is there, and which channels it has.</summary>
internal sealed class SystemMethods(
    GatewayHub hub, GatewayHealth health, OverviewQueries overview, GatewayBeats beats, AgentQueries agents, RuntimeCatalog runtimes, DefaultModel model, TimeProvider time) : IGatewayMethods
{
    private const int MaxPresence = 1000;
    private const int MaxModels = 500;

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("health", null, call => health.ReadAsync(call.Connection, call.Cancelled)),
        GatewayMethod.Of("status", Scopes.Read, StatusAsync),
        GatewayMethod.Of("system-presence", Scopes.Read, call => Task.FromResult(hub.Presence(MaxPresence, call.Caller))),
        GatewayMethod.Of("channels.status", Scopes.Read, _ => Task.FromResult(NoChannels())),
        new GatewayMethod("last-heartbeat", Scopes.Read, LastHeartbeatAsync),
        new GatewayMethod("config.get", Scopes.Read, _ => Task.FromResult(ProtocolJson.EmptyObject)),
    ];

    private async Task<StatusPayload> StatusAsync(GatewayCall call)
    {
        var given = call.Params("includeChannelSummary", "includeCliProjection");
        given.Flag("includeChannelSummary", true);
        var now = await health.ReadAsync(call.Caller, call.Cancelled);
        var swarm = await overview.ReadAsync(call.Caller.Owner, call.Cancelled);
        var models = (await agents.NotStoppedAsync(MaxModels, call.Caller, call.Cancelled)).ToDictionary(AgentLookup.Of, agent => agent.Model);
        return new StatusPayload(
            ServiceVersion.Service,
            new HeartbeatSchedules(now.DefaultAgentId, [.. now.Agents.Select(agent => new AgentHeartbeatStatus(agent.AgentId, agent.Heartbeat.Enabled, agent.Heartbeat.Every, agent.Heartbeat.EveryMs))]),
            [],
            [],
            Tasks(swarm),
            new TaskAudit(0, 0, 0, new Dictionary<string, long>()),
            Conversations(now, models),
            given.Flag("includeCliProjection", false)
                ? new CliProjection(new CliAgents(now.DefaultAgentId, "explicit", SelectionRequired: false, [.. now.Agents.Select(agent => new CliAgent(agent.AgentId, agent.Name))]))
                : null);
    }

    // Workflows are the service's own work: the protocol has no word for that, "cli" is what is not begun by another agent,
    // an editor or a schedule.
    private static TaskCounts Tasks(Overview swarm)
    {
        var (queued, running) = (swarm.Open.GetValueOrDefault(WorkflowStatus.Enqueued), swarm.Open.GetValueOrDefault(WorkflowStatus.Pending));
        var (terminal, failed, cancelled) = (swarm.Day.Total, swarm.Day.Failed, swarm.Day.Cancelled);
        var all = queued + running + terminal;
        return new TaskCounts(
            all, queued + running, terminal, failed,
            new Dictionary<string, long>
            {
                ["queued"] = queued,
                ["running"] = running,
                ["succeeded"] = terminal - failed - cancelled,
                ["failed"] = failed,
                ["timed_out"] = 0,
                ["cancelled"] = cancelled,
                ["lost"] = 0,
            },
            new Dictionary<string, long> { ["subagent"] = 0, ["acp"] = 0, ["cli"] = all, ["cron"] = 0 });
    }

    private StatusSessions Conversations(HealthPayload now, Dictionary<string, string> models)
    {
        var main = models.GetValueOrDefault(now.DefaultAgentId) ?? model.Name;
        return new StatusSessions(
            [GatewayHealth.SessionStore],
            now.Sessions.Count,
            new StatusModel(main, runtimes.Find(main)?.ContextTokens),
            [.. now.Sessions.Recent.Select(session => Row(AgentLookup.OfSession(session.Key), session))],
            [.. now.Agents.Select(agent => new AgentSessionCount(agent.AgentId, agent.Sessions.Path, agent.Sessions.Count, [.. agent.Sessions.Recent.Select(session => Row(agent.AgentId, session))]))]);

        StatusSession Row(string agentId, RecentSession session)
        {
            var runs = models.GetValueOrDefault(agentId);
            return new StatusSession(agentId, session.Key, "direct", session.UpdatedAt, session.Age, runs, runs is null ? null : runtimes.Find(runs)?.ContextTokens, TotalTokensFresh: false, []);
        }
    }

    private async Task<JsonElement> LastHeartbeatAsync(GatewayCall call) =>
        await beats.LastAsync(call.Caller, call.Cancelled) is { } beat ? ProtocolJson.Element(beat) : JsonDocument.Parse("null").RootElement;

    private ChannelsPayload NoChannels() => new(
        time.GetUtcNow().ToUnixTimeMilliseconds(), [], ProtocolJson.EmptyObject, ProtocolJson.EmptyObject, ProtocolJson.EmptyObject, ProtocolJson.EmptyObject);
}
