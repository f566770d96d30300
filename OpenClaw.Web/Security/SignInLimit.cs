using System.Net;

namespace OpenClaw.Web.Security;

/// <summary>
/// How many wrong tokens may come from one client in a minute. Only a token that was compared counts: what another site
/// makes a browser send is refused before, and locks nobody out.
/// </summary>
internal sealed class SignInLimit(TimeProvider time)
{
    public const int MostFailures = 10;

    // What an attacker with many addresses may have us remember.
    internal const int MostClients = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (int Failures, DateTimeOffset Until)> _clients = [];
    private readonly Queue<(IPAddress Client, DateTimeOffset Until)> _oldest = [];

    internal int Clients => _clients.Count;

    /// <summary>Compares, unless too many came before.</summary>
    /// <param name="address">Where it came from, past trusted proxies.</param>
    /// <param name="matches">Whether the token is the right one.</param>
    /// <param name="retryAfter">How long the client has to wait; zero when it need not.</param>
    /// <returns>Whether the token is right; false as well when it was not compared.</returns>
    public bool Try(IPAddress? address, Func<bool> matches, out TimeSpan retryAfter)
    {
        var client = ClientNetwork.Of(address);
        retryAfter = TimeSpan.Zero;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Forget(now);
            var known = _clients.GetValueOrDefault(client);
            if (known.Failures >= MostFailures)
            {
                retryAfter = known.Until - now;
                return false;
            }

            if (matches())
            {
                return true;
            }

            if (known.Failures == 0)
            {
                known.Until = now + Window;
                _oldest.Enqueue((client, known.Until));
            }

            _clients[client] = (known.Failures + 1, known.Until);
            return false;
        }
    }

    // A window never grows, so the first in the queue is the first that ends.
    private void Forget(DateTimeOffset now)
    {
        while (_oldest.TryPeek(out var oldest) && (oldest.Until <= now || _clients.Count >= MostClients))
        {
            _oldest.Dequeue();
            _clients.Remove(oldest.Client);
        }
    }
}
