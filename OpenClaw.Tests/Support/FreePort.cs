using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Tests.Support;

/// <summary>A port that nobody had a moment ago, for processes that a test starts.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
