using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Telemetry;
using OpenClaw.Web.Health;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>The connections of this node: who is there, and what is told to all of them.</summary>
internal sealed class GatewayHub(
    GatewayLimits limits, PresenceLedger ledger, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<GatewayHub> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    /// <summary>So many are named in a presence event; with more connected, clients ask.</summary>
    private const int MaxPresent = 200;

    private readonly ConcurrentDictionary<string, GatewayConnection> _connections = new();
    private readonly TimeProvider _time = time;
    private long _lastTick = time.GetTimestamp();
    private long _lastRound = time.GetTimestamp();
    private int _presence = 1;
    private int _presenceSent = 1;
    private int _presenceWritten;
    private IReadOnlyList<PresenceEntry> _others = [];

    public IEnumerable<GatewayConnection> Connections => _connections.Values;

    /// <summary>Since it last told its clients what is new; a second when all is well.</summary>
    public TimeSpan SinceLastRound => _time.GetElapsedTime(Volatile.Read(ref _lastRound));

    public bool IsAnyoneThere => !_connections.IsEmpty;

    /// <summary>A client is there from now on.</summary>
    public event Action<GatewayConnection>? Joined;

    /// <summary>A client that was there is gone.</summary>
    public event Action<GatewayConnection>? Left;

    public StateVersion StateVersion => new(Volatile.Read(ref _presence), 1);

    public void Join(GatewayConnection connection)
    {
        _connections[connection.Id] = connection;
        Interlocked.Increment(ref _presence);
        OpenClawTelemetry.GatewayConnected();
        Joined?.Invoke(connection);
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            SendAway(connection);
        }
    }

    public void Leave(GatewayConnection connection)
    {
        if (!_connections.TryRemove(connection.Id, out _))
        {
            return;
        }

        Interlocked.Increment(ref _presence);
        OpenClawTelemetry.GatewayDisconnected();
        Left?.Invoke(connection);
    }

    /// <summary>Tells everybody.</summary>
    public void Tell<T>(string name, T payload, StateVersion? stateVersion = null) => Tell(name, payload, _ => true, stateVersion);

    /// <summary>Tells those who may read it.</summary>
    public void TellReaders<T>(Audience audience, string name, T payload) => Tell(name, payload, connection => connection.MayRead && audience.Has(connection.Caller), stateVersion: null);

    /// <summary>Tells those who may see questions.</summary>
    public void TellQuestioned<T>(Audience audience, string name, T payload) =>
        Tell(name, payload, connection => audience.Has(connection.Caller) && MaySeeQuestions(connection), stateVersion: null);

    internal static bool MaySeeQuestions(GatewayConnection connection) => Scopes.Allows(connection.Connected!.Scopes, Scopes.Questions);

    /// <summary>Tells those who may let devices in.</summary>
    public void TellPairing<T>(string name, T payload) => Tell(name, payload, connection => connection.Caller.IsOfHouse && Scopes.Allows(connection.Connected!.Scopes, Scopes.Pairing), stateVersion: null);

    /// <summary>Devices of role node that are connected to other nodes of the service.</summary>
    public IEnumerable<string> NodesElsewhere => _others.Where(other => other.Roles?.Contains(Scopes.Node) == true).Select(other => other.DeviceId).OfType<string>();

    /// <summary>Tells those who may read and asked for this conversation, or for what happens in any.</summary>
    public void TellFollowers<T>(Audience audience, string name, string sessionKey, T payload) =>
        Tell(name, payload, connection => connection.MayRead && audience.Has(connection.Caller) && (connection.FollowsSessions || connection.Follows(sessionKey)), stateVersion: null);

    /// <summary>
    /// The gateway itself, whoever is connected to this node, the newest first, and then who is connected to others. Those of
    /// another owner than the house see who is here of their own.
    /// </summary>
    public IReadOnlyList<PresenceEntry> Presence(int limit, Caller caller) =>
    [
        new PresenceEntry(Environment.MachineName, ServiceVersion.Service, Environment.OSVersion.Platform.ToString(), "gateway", "self",
            $"Gateway: {Environment.MachineName}", _time.GetUtcNow().ToUnixTimeMilliseconds(), null, null, null),
        .. Connections.Where(connection => caller.IsOfHouse || connection.Caller.Owner == caller.Owner).OrderByDescending(connection => connection.ConnectedAt).Select(Entry)
            .Concat(caller.IsOfHouse ? _others : []).Take(limit),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = lifetime.ApplicationStopping.Register(SendAllAway);
        await base.ExecuteAsync(stoppingToken);
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (_time.GetElapsedTime(_lastTick) >= limits.Tick)
        {
            _lastTick = _time.GetTimestamp();
            Tell("tick", new Tick(_time.GetUtcNow().ToUnixTimeMilliseconds()));
        }

        Volatile.Write(ref _lastRound, _time.GetTimestamp());
        try
        {
            await ExchangePresenceAsync(cancellationToken);
        }
        finally
        {
            TellPresence();
        }
    }

    private static PresenceEntry Entry(GatewayConnection connection)
    {
        var (client, connected) = (connection.Connected!.Client, connection.Connected);
        return new PresenceEntry(
            client.DisplayName, client.Version, client.Platform, client.Mode, "connect", $"{client.DisplayName ?? client.Id} ({client.Mode})",
            connection.ConnectedAt.ToUnixTimeMilliseconds(), [connected.Role], connected.Scopes, client.InstanceId ?? connection.Id, connected.Device?.DeviceId);
    }

    private void Tell<T>(string name, T payload, Func<GatewayConnection, bool> whom, StateVersion? stateVersion)
    {
        JsonElement? element = null;
        foreach (var connection in Connections.Where(whom))
        {
            connection.Send(name, element ??= ProtocolJson.Element(payload), stateVersion);
        }
    }

    private async Task ExchangePresenceAsync(CancellationToken cancellationToken)
    {
        var version = Volatile.Read(ref _presence);
        if (version != _presenceWritten)
        {
            await ledger.WriteAsync([.. Connections.Select(connection => (connection.Id, Entry(connection)))], cancellationToken);
            _presenceWritten = version;
        }

        var others = IsAnyoneThere ? await ledger.OthersAsync(cancellationToken) : [];
        if (!others.Select(other => other.InstanceId).SequenceEqual(_others.Select(other => other.InstanceId)))
        {
            _others = others;
            Interlocked.Increment(ref _presence);
        }
    }

    // Once for all that changed within a moment: a thousand who come at once are not told a thousand times.
    private void TellPresence()
    {
        var version = Volatile.Read(ref _presence);
        if (version == _presenceSent || _connections.Count > MaxPresent)
        {
            return;
        }

        _presenceSent = version;
        foreach (var owner in Connections.Where(connection => connection.MayRead).GroupBy(connection => connection.Caller.Owner))
        {
            var change = ProtocolJson.Element(new PresenceChange(Presence(MaxPresent, owner.First().Caller)));
            foreach (var connection in owner)
            {
                connection.Send("presence", change, StateVersion);
            }
        }
    }

    private void SendAllAway()
    {
        foreach (var connection in Connections)
        {
            SendAway(connection);
        }
    }

    private static void SendAway(GatewayConnection connection)
    {
        connection.Send("shutdown", ProtocolJson.Element(new ShutdownNotice("gateway stopping")));
        connection.Close((WebSocketCloseStatus)1012, "service restart");
    }
}
