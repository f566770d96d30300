using OpenClaw.Data.Devices;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Web.Gateway.Devices;

/// <summary>Devices as the protocol has them.</summary>
internal static class DeviceShapes
{
    public static PendingDevice Of(DeviceRequest request) => new(
        request.RequestId.ToString(), request.DeviceId, request.PublicKey, request.DisplayName, request.Platform, request.DeviceFamily, request.ClientId, request.ClientMode,
        request.Role, request.Roles, request.Scopes, request.RemoteIp, request.Silent, request.IsRepair, Ms(request.CreatedAt));

    public static DevicePairResolved Resolved(DeviceRequest request, string decision) =>
        new(request.RequestId.ToString(), request.DeviceId, decision, Ms(request.DecidedAt ?? request.RefreshedAt));

    /// <summary>Null while nobody has used the code.</summary>
    public static DeviceSetupCompleted? Completed(DeviceSetup setup) =>
        setup.CompletedAt is { } at ? new(setup.SetupId.ToString(), setup.DeviceId!, setup.DeviceName, setup.Access, Ms(at)) : null;

    /// <param name="device">The device.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="isConnected">Null where nobody asks.</param>
    public static PairedDevice Of(Device device, IEnumerable<DeviceToken> tokens, bool? isConnected)
    {
        DeviceTokenSummary[] summaries = [.. tokens.OrderBy(token => token.Role, StringComparer.Ordinal).Select(token =>
            new DeviceTokenSummary(token.Role, token.Scopes, Ms(token.CreatedAt), Ms(token.RotatedAt), Ms(token.RevokedAt), Ms(token.LastUsedAt)))];
        return new PairedDevice(
            device.DeviceId, device.PublicKey, device.DisplayName, device.Label, device.Platform, device.DeviceFamily, device.ClientId, device.ClientMode,
            device.Roles.FirstOrDefault(), device.Roles, device.Scopes, device.RemoteIp, device.ApprovedVia, Ms(device.CreatedAt), Ms(device.ApprovedAt),
            Ms(device.LastSeenAt), device.LastSeenReason, isConnected, summaries.Length > 0 ? summaries : null);
    }

    public static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}
