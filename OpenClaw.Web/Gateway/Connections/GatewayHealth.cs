using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>How we are, in the protocol's words. Asked by everyone who connects, so it is looked up once a second at most.</summary>
internal sealed class GatewayHealth(HealthLedger ledger, AgentQueries agents, AgentLookup names, ConversationStore sessions, TimeProvider time) : IDisposable
{
    private const int ShownAgents = 100;
    private const int ShownSessions = 10;
    private const int ShownOfAgent = 5;

    /// <summary>Where conversations are kept, in the place of a file's name.</summary>
    public const string SessionStore = "postgresql:openclaw.sessions";

    // Whom a beat's findings are told: the agent's owner, by the owner's rules.
    private const string BeatTarget = "owner";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, (HealthPayload Payload, long At)> _last = [];

    /// <summary>What the connection may see of it: one that may not read learns whether all is well, and nothing of what there is.</summary>
    public async Task<HealthPayload> ReadAsync(GatewayConnection connection, CancellationToken cancellationToken)
    {
        var payload = await ReadAsync(connection.Caller, cancellationToken);
        return SeesAll(connection) ? payload : Without(payload);
    }

    /// <summary>Whether it may see all of it; a key for some agents alone may not.</summary>
    public static bool SeesAll(GatewayConnection connection) => connection.MayRead && connection.Caller.Agents.Count == 0;

    /// <summary>The same without agents, conversations and checks.</summary>
    public static HealthPayload Without(HealthPayload payload) => payload with
    {
        HeartbeatSeconds = 0,
        DefaultAgentId = AgentLookup.Main,
        Agents = [],
        Sessions = new SessionCount(SessionStore, 0, []),
        Checks = [],
    };

    public async Task<HealthPayload> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_last.TryGetValue(caller.Owner, out var last) && time.GetElapsedTime(last.At) < Freshness)
            {
                return last.Payload;
            }

            var payload = await LookAsync(caller with { Agents = [] }, cancellationToken);
            _last[caller.Owner] = (payload, time.GetTimestamp());
            return payload;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<HealthPayload> LookAsync(Caller caller, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var main = await names.FindAsync(AgentLookup.Main, caller, cancellationToken);
        var shown = await agents.NotStoppedAsync(ShownAgents, caller, cancellationToken);
        var (recent, count) = await sessions.ListAsync(agentId: null, search: null, ShownSessions, caller, cancellationToken);
        var own = await sessions.OfAgentsAsync([.. shown.Select(agent => agent.Id)], ShownOfAgent, cancellationToken);
        var checks = await ledger.ReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        return new HealthPayload(
            Ok: checks.All(check => check.Status is not Data.Monitoring.HealthStatus.Failed),
            now.ToUnixTimeMilliseconds(),
            (long)time.GetElapsedTime(start).TotalMilliseconds,
            ProtocolJson.EmptyObject,
            [],
            ProtocolJson.EmptyObject,
            (int)(main?.HeartbeatInterval.TotalSeconds ?? 0),
            main is null ? AgentLookup.Main : AgentLookup.Of(main),
            [.. shown.Select(agent => new AgentHealth(AgentLookup.Of(agent), agent.Name, agent.Id == main?.Id, Beat(agent), Own(own[agent.Id])))],
            new SessionCount(SessionStore, count, [.. recent.Select(session => Recent(session.Key, session.UpdatedAt))]),
            [.. checks.Where(_ => caller.IsOfHouse).Select(check => new CheckHealth(check.Name, EnumText.ToLower(check.Status), check.Detail))]);

        SessionCount Own(AgentSessions of) => new(SessionStore, of.Count, [.. of.Recent.Select(session => Recent(session.Key, session.UpdatedAt))]);

        RecentSession Recent(string key, DateTimeOffset updated) => new(key, updated.ToUnixTimeMilliseconds(), (long)(now - updated).TotalMilliseconds);
    }

    private static HeartbeatSettings Beat(Agent agent) => new(
        agent.HeartbeatEnabled, IntervalText.Write(agent.HeartbeatInterval), (long)agent.HeartbeatInterval.TotalMilliseconds,
        HeartbeatPrompt.For(agent.HeartbeatChecklist), BeatTarget, HeartbeatReply.MaxNote);
}
