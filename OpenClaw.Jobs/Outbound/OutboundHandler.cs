using System.Net.Sockets;

namespace OpenClaw.Jobs.Outbound;

/// <summary>Connects to where somebody's setting says, and never into a network of one's own that nobody has allowed.</summary>
public static class OutboundHandler
{
    /// <summary>Follows no redirect, keeps no cookie, goes through no proxy.</summary>
    /// <param name="allowedHosts">Names and addresses that may lie in a network of one's own.</param>
    public static SocketsHttpHandler Create(IReadOnlyCollection<string> allowedHosts) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, allowedHosts, cancellationToken),
    };

    // What the name leads to is looked at here, where the connection is made: a name may lead elsewhere a moment later.
    private static async ValueTask<Stream> ConnectAsync(string host, int port, IReadOnlyCollection<string> allowedHosts, CancellationToken cancellationToken)
    {
        var addresses = await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken);
        var open = allowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase) ? addresses : Array.FindAll(addresses, PublicAddresses.Contains);
        if (open.Length == 0)
        {
            throw new HttpRequestException($"{host} is in a network of one's own, which is not asked unless a setting allows it.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
