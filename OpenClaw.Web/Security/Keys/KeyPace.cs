using System.Threading.RateLimiting;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security.Keys;

/// <summary>How many requests a key may send a minute, by whichever door, to this node: what the key says, else KEY_REQUESTS_PER_MINUTE.</summary>
internal sealed class KeyPace(OpenClawOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<KeyGrant> _limits = PartitionedRateLimiter.Create<KeyGrant, string>(key => Pace.Of(key.Id, key.RequestsPerMinute ?? options.KeyRequestsPerMinute));

    /// <summary>What the key is told when it is too many.</summary>
    public string Says(KeyGrant key) => $"the key \"{key.Name}\" may send {key.RequestsPerMinute ?? options.KeyRequestsPerMinute} requests a minute";

    /// <summary>Counts a request.</summary>
    /// <returns>How long the key's user is to wait; zero when the request may go on.</returns>
    public TimeSpan Take(KeyGrant key)
    {
        using var lease = _limits.AttemptAcquire(key);
        return Pace.WaitOf(lease);
    }

    public void Dispose() => _limits.Dispose();
}
