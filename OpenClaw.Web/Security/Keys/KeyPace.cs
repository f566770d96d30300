using System.Threading.RateLimiting;

namespace OpenClaw.Web.Security.Keys;

/// <summary>How many requests a key may send a minute, by whichever door, to this node.</summary>
internal sealed class KeyPace : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private readonly PartitionedRateLimiter<KeyGrant> _limits = PartitionedRateLimiter.Create<KeyGrant, string>(key => key.RequestsPerMinute is { } limit
        ? RateLimitPartition.GetTokenBucketLimiter(key.Id, _ => Options(limit))
        : RateLimitPartition.GetNoLimiter(key.Id));

    /// <summary>Counts a request.</summary>
    /// <returns>How long the key's user is to wait; zero when the request may go on.</returns>
    public TimeSpan Take(KeyGrant key)
    {
        using var lease = _limits.AttemptAcquire(key);
        return lease.IsAcquired ? TimeSpan.Zero : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => _limits.Dispose();

    // A minute's worth at once, and as it comes back after that.
    private static TokenBucketRateLimiterOptions Options(int limit)
    {
        var tokens = (int)Math.Ceiling(limit * (Shortest / Minute));
        return new TokenBucketRateLimiterOptions { TokenLimit = limit, TokensPerPeriod = tokens, ReplenishmentPeriod = tokens * (Minute / limit), QueueLimit = 0 };
    }
}
