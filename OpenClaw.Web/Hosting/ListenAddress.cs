using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OpenClaw.Web.Hosting;

/// <summary>What HOST may name. Not a DNS name: Kestrel would take it for "all addresses" and open us to everyone.</summary>
internal static class ListenAddress
{
    private const string All = "*";
    private const string Localhost = "localhost";

    public static bool IsValid(string host) => host is All or Localhost || IPAddress.TryParse(host, out _);

    public static bool IsLoopback(string host) => host is Localhost || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    public static void Listen(this KestrelServerOptions kestrel, string host, int port, Action<ListenOptions>? configure = null)
    {
        configure ??= _ => { };
        switch (host)
        {
            case All:
                kestrel.ListenAnyIP(port, configure);
                break;
            case Localhost:
                kestrel.ListenLocalhost(port, configure);
                break;
            default:
                kestrel.Listen(IPAddress.Parse(host), port, configure);
                break;
        }
    }
}
