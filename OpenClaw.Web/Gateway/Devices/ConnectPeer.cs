using System.Net;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Devices;

/// <summary>Where a connection comes from.</summary>
/// <param name="Address">Of the client, past trusted proxies; null when nobody knows.</param>
/// <param name="IsForwarded">It came through a proxy whose word is not believed.</param>
/// <param name="Origin">Of the page that opened it; null for programs.</param>
/// <param name="Host">What it called us.</param>
internal sealed record ConnectPeer(IPAddress? Address, bool IsForwarded, string? Origin, string? Host)
{
    // What is left of them belongs to proxies that are not trusted; those of trusted ones have been taken off.
    private static readonly string[] OfProxies = ["X-Forwarded-For", "X-Real-IP", "Forwarded"];

    /// <summary>It is on this machine.</summary>
    public bool IsLocal => !IsForwarded && Address is not null && IPAddress.IsLoopback(ClientNetwork.Plain(Address));

    public string? RemoteIp => Address is null ? null : ClientNetwork.Plain(Address).ToString();

    public static ConnectPeer Of(HttpContext context) => new(
        context.Connection.RemoteIpAddress,
        OfProxies.Any(context.Request.Headers.ContainsKey),
        context.Request.Headers.Origin.ToString() is { Length: > 0 } origin ? origin : null,
        context.Request.Host.HasValue ? context.Request.Host.Value : null);

    /// <summary>The page is one of ours: of the address that it called us by, of the public one, or of this machine like the client.</summary>
    /// <param name="publicAddress">PUBLIC_BASE_URL.</param>
    public bool IsOwnPage(Uri? publicAddress) => Origin is not null && Uri.TryCreate(Origin, UriKind.Absolute, out var page)
        && (string.Equals(page.Authority, Host, StringComparison.OrdinalIgnoreCase)
            || (publicAddress is not null && page.GetLeftPart(UriPartial.Authority) == publicAddress.GetLeftPart(UriPartial.Authority))
            || (IsLocal && page.IsLoopback));
}
