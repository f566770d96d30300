using System.Threading.RateLimiting;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security.Keys;

/// <summary>
/// How much one key may have at a time on this node, by all doors and connections together. Whoever waits (for an operation,
/// a reply, the next event of a stream) has a request under way for as long, so waits are bounded with requests.
/// </summary>
internal sealed class KeyRoom(OpenClawOptions options) : IDisposable
{
    /// <summary>Bytes of buffers that frames of its connections take while they come and until they are answered.</summary>
    public const int MaxFrameBytes = 128 * 1024 * 1024;

    /// <summary>Conversations that its connections follow.</summary>
    public const int MaxFollowed = 10_000;

    /// <summary>Connections to the gateway.</summary>
    public const int MaxConnections = 1_000;

    private readonly PartitionedRateLimiter<KeyGrant> _requests = Of(options.KeyRequestsAtOnce);
    private readonly PartitionedRateLimiter<KeyGrant> _frameBytes = Of(MaxFrameBytes);
    private readonly PartitionedRateLimiter<KeyGrant> _followed = Of(MaxFollowed);
    private readonly PartitionedRateLimiter<KeyGrant> _connections = Of(MaxConnections);

    /// <summary>When there may be more requests again, as far as one can tell.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);

    /// <summary>What the key is told when it has too many requests under way.</summary>
    public string Says(KeyGrant key) => $"the key \"{key.Name}\" may have {options.KeyRequestsAtOnce} requests under way at a time";

    /// <summary>A place for a request, to be disposed when it has been answered; null when there is none.</summary>
    public IDisposable? Enter(KeyGrant key) => Take(_requests, key, 1);

    /// <summary>A place for a connection, to be disposed with it; null when there is none.</summary>
    public IDisposable? Connect(KeyGrant key) => Take(_connections, key, 1);

    /// <summary>A place for a conversation that a connection follows; null when there is none.</summary>
    public IDisposable? Follow(KeyGrant key) => Take(_followed, key, 1);

    /// <summary>Room for so many bytes of a frame; null when there is none.</summary>
    public IDisposable? Hold(KeyGrant key, int bytes) => Take(_frameBytes, key, bytes);

    public void Dispose()
    {
        _requests.Dispose();
        _frameBytes.Dispose();
        _followed.Dispose();
        _connections.Dispose();
    }

    private static RateLimitLease? Take(PartitionedRateLimiter<KeyGrant> limit, KeyGrant key, int permits)
    {
        var lease = limit.AttemptAcquire(key, permits);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    private static PartitionedRateLimiter<KeyGrant> Of(int most) => PartitionedRateLimiter.Create<KeyGrant, string>(key =>
        most == 0 ? RateLimitPartition.GetNoLimiter(key.Id) : RateLimitPartition.GetConcurrencyLimiter(key.Id, _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 }));
}
