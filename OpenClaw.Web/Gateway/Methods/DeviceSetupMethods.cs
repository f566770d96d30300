using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Devices;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Setup codes: an admin has one made, and shows it to the device that is to come in.</summary>
internal sealed class DeviceSetupMethods(DeviceSetups setups, OpenClawOptions options) : IGatewayMethods
{
    private const int MaxUrl = 2_048;
    private const int MaxSetupId = 128;

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("device.pair.setupCode", Scopes.Admin, MakeAsync),
        GatewayMethod.Of("device.pair.setupStatus", Scopes.Admin, StatusAsync),
    ];

    private async Task<DeviceSetupCode> MakeAsync(GatewayCall call)
    {
        // Without a picture of it: clients draw that themselves. There is one address, whatever is preferred.
        var given = call.Params("publicUrl", "preferRemoteUrl", "includeQr", "bootstrapProfile", "joinUrl");
        given.Flag("preferRemoteUrl", false);
        var wanted = given.OptionalText("bootstrapProfile") switch
        {
            null => DeviceAccess.Full,
            "limited" => DeviceAccess.Limited,
            "node" => DeviceAccess.Node,
            _ => throw given.Wrong("at /bootstrapProfile: must be equal to one of the allowed values"),
        };
        var (url, source) = Address(given.OptionalText("publicUrl", MaxUrl));
        if (given.Flag("joinUrl", false))
        {
            throw GatewayException.Invalid("This gateway has no join pages: ask for the setup code without joinUrl, and give it to the device (openclaw node run --pair CODE).");
        }

        if (given.Flag("includeQr", false))
        {
            throw GatewayException.Invalid("This gateway draws no QR codes: ask with includeQr false, and have the code drawn where it is shown.");
        }

        // Who reads along on the way to another host is not to become an admin.
        var access = wanted == DeviceAccess.Full && url.Scheme != Uri.UriSchemeWss && !url.IsLoopback ? DeviceAccess.Limited : wanted;
        var (setup, token) = await setups.IssueAsync(access, call.Caller.Actor, call.Cancelled);
        var (expires, text) = (setup.ExpiresAt.ToUnixTimeMilliseconds(), url.ToString().TrimEnd('/'));
        var code = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(ProtocolJson.Element(new DeviceSetupPayload(text, token, expires))));
        return new DeviceSetupCode(setup.SetupId.ToString(), expires, code, text, "token", source, access.Name, access == wanted ? null : true);
    }

    private async Task<DeviceSetupStatus> StatusAsync(GatewayCall call)
    {
        var id = call.Params("setupId").Filled("setupId", MaxSetupId);
        return new DeviceSetupStatus(await setups.FindAsync(id, call.Cancelled) is { } setup ? DeviceShapes.Completed(setup) : null);
    }

    // Where the device is to connect to, and who says so.
    private (Uri Url, string Source) Address(string? asked)
    {
        if (asked is not null)
        {
            var whole = asked.Contains("://", StringComparison.Ordinal) ? asked.Trim() : $"ws://{asked.Trim()}";
            return (Socket(Uri.TryCreate(whole, UriKind.Absolute, out var given) ? given : null) ?? throw GatewayException.Invalid("Configured publicUrl is invalid."), "request.publicUrl");
        }

        if (options.PublicBaseUrl is { } known)
        {
            return (Socket(known)!, "PUBLIC_BASE_URL");
        }

        if (ListenAddress.IsLoopback(options.Host))
        {
            throw GatewayException.Invalid("Gateway is only bound to loopback. Set HOST and AUTH_TOKEN, or PUBLIC_BASE_URL behind a proxy; or name in publicUrl the address by which devices reach it.");
        }

        return IPAddress.TryParse(options.Host, out var host) && !host.Equals(IPAddress.Any) && !host.Equals(IPAddress.IPv6Any)
            ? (Socket(new UriBuilder("ws", host.ToString(), options.Port).Uri)!, "HOST")
            : throw GatewayException.Invalid("Gateway is bound to more than one address: set PUBLIC_BASE_URL, or name in publicUrl the one by which devices reach it.");
    }

    private static Uri? Socket(Uri? url)
    {
        var scheme = url?.Scheme switch
        {
            "http" or "ws" => Uri.UriSchemeWs,
            "https" or "wss" => Uri.UriSchemeWss,
            _ => null,
        };
        if (scheme is null || url!.UserInfo.Length > 0)
        {
            return null;
        }

        if (scheme == Uri.UriSchemeWs && !IsNear(url))
        {
            throw GatewayException.Invalid("Public mobile pairing requires a secure gateway URL (wss://): put TLS in front and set PUBLIC_BASE_URL to its https address. ws:// is for loopback and private networks alone.");
        }

        return new UriBuilder(url) { Scheme = scheme, Port = url.IsDefaultPort ? -1 : url.Port, Query = "", Fragment = "" }.Uri;
    }

    // Loopback, or an address of a private network.
    private static bool IsNear(Uri url)
    {
        if (url.IsLoopback || url.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return IPAddress.TryParse(url.DnsSafeHost, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6
            ? address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal
            : address.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..]);
    }
}
