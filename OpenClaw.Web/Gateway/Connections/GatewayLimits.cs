namespace OpenClaw.Web.Gateway.Connections;

/// <summary>What a connection may take, as recorded from the real gateway unless said otherwise.</summary>
internal sealed record GatewayLimits
{
    /// <summary>Bytes of a frame before <c>connect</c> has succeeded.</summary>
    public int MaxFirstFrame { get; init; } = 64 * 1024;

    /// <summary>Bytes that one who was refused may send on, and that nobody looks at, before it is hung up on. Ours.</summary>
    public int MaxThrownAway { get; init; } = 128 * 1024;

    /// <summary>Bytes of a frame afterwards.</summary>
    public int MaxFrame { get; init; } = 25 * 1024 * 1024;

    /// <summary>Bytes of a frame of a connection that may not write. Ours.</summary>
    public int MaxReadersFrame { get; init; } = 256 * 1024;

    /// <summary>Bytes that may wait for a slow client. Ours: a tenth of the real gateway's, because there may be thousands.</summary>
    public int MaxBuffered { get; init; } = 5 * 1024 * 1024;

    /// <summary>Requests of one connection at a time; further ones wait unread. Ours.</summary>
    public int MaxRequests { get; init; } = 32;

    /// <summary>Bytes of requests that one connection may have under way; further ones wait unread. Ours.</summary>
    public int MaxUnderWay { get; init; } = 8 * 1024 * 1024;

    /// <summary>Conversations that one connection may follow. Ours.</summary>
    public int MaxFollowed { get; init; } = 1_000;

    /// <summary>Connections of this node. Ours.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Connections from one address (of IPv6: its /64) that have not shown a token yet. Ours.</summary>
    public int MaxStrangers { get; init; } = 48;

    /// <summary>One of them that has been there for so long gives its place to the next one. Ours.</summary>
    public TimeSpan StrangerGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For so long the next one from there waits for a place. Ours: behind a proxy all may come from one address.</summary>
    public TimeSpan StrangerPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For so long no more give theirs when the one for whom one did shows no token either. Ours.</summary>
    public TimeSpan StrangerFavour { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>So many of them are refused at once; where more are in, a refusal is kept back. Ours.</summary>
    public int MaxAtEase { get; init; } = 16;

    /// <summary>For so long, and up to twice as long, a refusal is kept back there, and from who sends more of them than its address may (STRANGER_REQUESTS_PER_MINUTE). Ours.</summary>
    public TimeSpan StrangerPenance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests of a connection that may be refused within a minute because its key sends too many; then it is closed. Ours.</summary>
    public int MaxRefused { get; init; } = 300;

    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two events <c>health</c>.</summary>
    public TimeSpan Health { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After so long without a word a completion's stream says that somebody is there: clients and proxies give up a silent one, many after 30 s. Ours.</summary>
    public TimeSpan StreamSilence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between pings, and for their answer.</summary>
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(25);
}
