using System.Threading.RateLimiting;

namespace OpenClaw.Web.Security;

/// <summary>Requests a minute: a minute's worth at once, and as it comes back after that.</summary>
internal static class Pace
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <param name="key">Who is counted.</param>
    /// <param name="perMinute">0 for no limit.</param>
    public static RateLimitPartition<TKey> Of<TKey>(TKey key, int perMinute)
        where TKey : notnull => perMinute == 0 ? RateLimitPartition.GetNoLimiter(key) : RateLimitPartition.GetTokenBucketLimiter(key, _ => Options(perMinute));

    /// <summary>How long whoever got this is to wait; zero when the request may go on.</summary>
    public static TimeSpan WaitOf(RateLimitLease lease) =>
        lease.IsAcquired ? TimeSpan.Zero : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);

    private static TokenBucketRateLimiterOptions Options(int perMinute)
    {
        var tokens = (int)Math.Ceiling(perMinute * (Shortest / Minute));
        return new TokenBucketRateLimiterOptions { TokenLimit = perMinute, TokensPerPeriod = tokens, ReplenishmentPeriod = tokens * (Minute / perMinute), QueueLimit = 0 };
    }
}
