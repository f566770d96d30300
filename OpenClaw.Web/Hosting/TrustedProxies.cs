using System.Diagnostics.CodeAnalysis;
using System.Net;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Hosting;

/// <summary>Addresses and networks whose X-Forwarded headers are believed.</summary>
public sealed class TrustedProxies
{
    /// <summary>What TRUSTED_PROXIES says for nobody.</summary>
    public const string None = "none";

    private TrustedProxies(IReadOnlyList<IPNetwork> networks) => Networks = networks;

    /// <summary>The default: a proxy on the same machine.</summary>
    public static TrustedProxies Loopback { get; } = new([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]);

    public IReadOnlyList<IPNetwork> Networks { get; }

    /// <summary>One item of TRUSTED_PROXIES: an address, a network, <c>loopback</c> or <c>none</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TrustedProxies? proxies)
    {
        proxies = text switch
        {
            None => new([]),
            "loopback" => Loopback,
            _ when IPAddress.TryParse(text, out var address) => new([Only(ClientNetwork.Plain(address))]),
            _ when IPNetwork.TryParse(text, out var network) => new([network]),
            _ => null,
        };
        return proxies is not null;
    }

    public static TrustedProxies Of(IEnumerable<TrustedProxies> parts) => new([.. parts.SelectMany(part => part.Networks).Distinct()]);

    public bool Contains(IPAddress? address) => address is not null && ClientNetwork.Plain(address) is var plain && Networks.Any(network => network.Contains(plain));

    private static IPNetwork Only(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);

    public override string ToString() => Networks.Count == 0 ? None : string.Join(", ", Networks);
}
