using System.Net;

namespace OpenClaw.Web.Security;

/// <summary>
/// How many wrong tokens may come from one client in a minute, by whichever door: the sign-in page, a request or a gateway
/// connection. The right one is let in however many wrong ones came before, so that nobody locks others out who share an
/// address with them; what another site makes a browser send is refused before it counts.
/// </summary>
internal sealed partial class SignInLimit(TimeProvider time, ILogger<SignInLimit> logger)
{
    public const int MostFailures = 10;

    // What an attacker with many addresses may have us remember.
    internal const int MostClients = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (int Failures, DateTimeOffset Until)> _clients = [];
    private readonly Queue<(IPAddress Client, DateTimeOffset Until)> _oldest = [];

    internal int Clients => _clients.Count;

    /// <summary>Counts a wrong token.</summary>
    /// <param name="address">Where it came from, past trusted proxies.</param>
    /// <returns>How long the client is to be told to wait; zero while it need not.</returns>
    public TimeSpan Failed(IPAddress? address)
    {
        var client = ClientNetwork.Of(address);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Forget(now);
            var known = _clients.GetValueOrDefault(client);
            if (known.Failures >= MostFailures)
            {
                return known.Until - now;
            }

            if (known.Failures == 0)
            {
                known.Until = now + Window;
                _oldest.Enqueue((client, known.Until));
            }

            _clients[client] = (known.Failures + 1, known.Until);
            if (known.Failures + 1 == MostFailures)
            {
                LogTooMany(logger, MostFailures, client);
            }

            return TimeSpan.Zero;
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

    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "{Count} wrong tokens came from {Client} within a minute; until it is over, more of them are answered with the time to wait.")]
    private static partial void LogTooMany(ILogger logger, int count, IPAddress client);
}
