using OpenClaw.Data.Devices;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Devices;

/// <summary>Why a device that has proved itself must be approved first.</summary>
/// <param name="Reason">For programs.</param>
/// <param name="Requirement">For people.</param>
/// <param name="Hint">What somebody has to do.</param>
internal sealed record PairingRefusal(string Reason, string Requirement, string Hint)
{
    public static readonly PairingRefusal NotPaired = new("not-paired", "device is not approved yet", "Approve this device from the pending pairing requests.");
    public static readonly PairingRefusal RoleUpgrade = new("role-upgrade", "device is asking for a higher role than currently approved", "Review the requested role upgrade, then approve the pending request.");
    public static readonly PairingRefusal ScopeUpgrade = new("scope-upgrade", "device is asking for more scopes than currently approved", "Review the requested scopes, then approve the pending upgrade.");
    public static readonly PairingRefusal MetadataUpgrade = new("metadata-upgrade", "device identity changed and must be re-approved", "Review the refreshed device details, then approve the pending request.");

    /// <param name="request">What waits now.</param>
    /// <param name="asked">What the connection asked for.</param>
    /// <param name="known">The device as it is in; null when it is not.</param>
    public GatewayException Of(DeviceRequest request, ConnectRequest asked, Device? known)
    {
        var message = $"pairing required: {Requirement}";
        var id = request.RequestId.ToString();
        List<(string, object)> details =
        [
            ("reason", Reason), ("requestId", id), ("remediationHint", Hint), ("deviceId", request.DeviceId), ("requestedRole", asked.Role), ("requestedScopes", asked.AskedScopes),
        ];
        if (known is not null)
        {
            details.Add(("approvedRoles", known.Roles));
            details.Add(("approvedScopes", known.Scopes));
        }

        // One client reads the id from the close alone.
        return new GatewayException(new GatewayError(ErrorCodes.NotPaired, message, GatewayException.Details("PAIRING_REQUIRED", [.. details])))
        {
            CloseReason = $"{message} (requestId: {id})",
        };
    }
}
