using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Web.Security;

/// <summary>Whom an address stands for, where somebody is counted by it.</summary>
internal static class ClientNetwork
{
    private const int PrefixBytes = 8;

    /// <summary>The address, and of IPv6 its /64: whoever has one address of it has the other 2^64 too.</summary>
    public static IPAddress Of(IPAddress? address)
    {
        var plain = Plain(address ?? IPAddress.None);
        if (plain.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return plain;
        }

        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>IPv4 as such: a socket that takes IPv4 and IPv6 writes the one as the other.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
