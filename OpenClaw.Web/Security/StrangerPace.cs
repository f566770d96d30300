using System.Net;
using System.Threading.RateLimiting;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security;

/// <summary>
/// How many requests without a good token, key or session may come from one client a minute, by whichever door, to this node
/// (STRANGER_REQUESTS_PER_MINUTE). It is counted when it is known that nothing good was shown, so whoever shows something
/// good is let in however many strangers share the address.
/// </summary>
internal sealed partial class StrangerPace(OpenClawOptions options, TimeProvider time, ILogger<StrangerPace> logger) : IDisposable
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress> _limits =
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => Pace.Of(address, options.StrangerRequestsPerMinute));

    private long _warnedAt;

    public int PerMinute => options.StrangerRequestsPerMinute;

    /// <summary>Counts a request.</summary>
    /// <param name="address">Where it came from, past trusted proxies.</param>
    /// <returns>How long the client is to wait; zero when the request may go on.</returns>
    public TimeSpan Take(IPAddress? address)
    {
        var client = ClientNetwork.Of(address);
        using var lease = _limits.AttemptAcquire(client);
        var wait = Pace.WaitOf(lease);
        if (wait > TimeSpan.Zero && MayWarn())
        {
            LogTooMany(logger, client, PerMinute);
        }

        return wait;
    }

    public void Dispose() => _limits.Dispose();

    private bool MayWarn()
    {
        var (warnedAt, now) = (Interlocked.Read(ref _warnedAt), time.GetTimestamp());
        return (warnedAt == 0 || time.GetElapsedTime(warnedAt, now) >= BetweenWarnings) && Interlocked.CompareExchange(ref _warnedAt, now, warnedAt) == warnedAt;
    }

    [LoggerMessage(EventId = 2405, Level = LogLevel.Warning, Message = "{Client} sends more than {PerMinute} requests a minute without a good token: they are refused, those with one are not. This is told once a minute, whoever else does so.")]
    private static partial void LogTooMany(ILogger logger, IPAddress client, int perMinute);
}
