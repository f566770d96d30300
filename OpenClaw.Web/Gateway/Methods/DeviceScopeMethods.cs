using OpenClaw.Data.Devices;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Devices;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>A device that is connected asks for more than it may, and waits until somebody has decided, on whatever node.</summary>
internal sealed class DeviceScopeMethods(DevicePairing pairing, DeviceTokens tokens, DeviceNews news, TimeProvider time) : IGatewayMethods
{
    private const int MaxScopes = 8;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("device.scopes.requestUpgrade", Scopes.Read, RequestAsync),
        GatewayMethod.Of("device.scopes.waitUpgrade", Scopes.Read, WaitAsync),
    ];

    private async Task<ScopeUpgradeRequested> RequestAsync(GatewayCall call)
    {
        var given = call.Params("scopes");
        given.Required("scopes");
        var asked = given.Texts("scopes", MaxScopes);
        if (asked.Count == 0)
        {
            throw given.Wrong("at /scopes: must not have fewer than 1 items");
        }

        if (asked.Distinct().Count() != asked.Count)
        {
            throw given.Wrong("at /scopes: must not have duplicate items");
        }

        var (device, connected) = (await OwnAsync(call), call.Connection.Connected!);
        if (asked.Any(scope => !DeviceScopes.IsKnown(scope)))
        {
            throw GatewayException.Invalid("requested scopes contain an unknown operator scope");
        }

        if (!DeviceScopes.Allow(DeviceScopes.Operator, connected.Scopes, asked.ToArray()))
        {
            throw GatewayException.Invalid("requested scopes must include the connection's current scopes");
        }

        var request = await pairing.RequestAsync(
            new DeviceCandidate(device.DeviceId, device.PublicKey, DeviceScopes.Operator, asked)
            {
                DisplayName = connected.Client.DisplayName,
                Platform = connected.Client.Platform,
                DeviceFamily = connected.Client.DeviceFamily,
                ClientId = connected.Client.Id,
                ClientMode = connected.Client.Mode,
            },
            Owners.House,
            call.Cancelled);
        call.Answered = news.Wake;
        return new ScopeUpgradeRequested(request.RequestId.ToString());
    }

    private async Task<ScopeUpgradeDecided> WaitAsync(GatewayCall call)
    {
        var (id, device) = (call.Params("requestId").Filled("requestId"), await OwnAsync(call));
        while (true)
        {
            var request = await pairing.FindRequestAsync(id, call.Cancelled);
            if (request?.DeviceId != device.DeviceId)
            {
                throw GatewayException.Invalid("scope upgrade expired or not found");
            }

            if (request.Decision is { } decision)
            {
                // It may have been put out since it asked, or its token revoked.
                return await DecidedAsync(await OwnAsync(call), decision == DevicePairing.Approved, request, call.Cancelled);
            }

            if (request.RefreshedAt + DevicePairing.RequestLife <= time.GetUtcNow())
            {
                return new ScopeUpgradeDecided("expired", id);
            }

            await Task.Delay(LookAgain, time, call.Cancelled);
        }
    }

    private async Task<ScopeUpgradeDecided> DecidedAsync(Device device, bool isApproved, DeviceRequest request, CancellationToken cancellationToken)
    {
        var id = request.RequestId.ToString();
        return isApproved && await tokens.EnsureAsync(device, DeviceScopes.Operator, request.Scopes, shown: null, cancellationToken) is { } issued
            ? new ScopeUpgradeDecided("approved", id, issued.Token, issued.Scopes)
            : new ScopeUpgradeDecided("rejected", id);
    }

    // The device that the caller has proved, as long as it is in by the token that it came with.
    private async Task<Device> OwnAsync(GatewayCall call)
    {
        var connected = call.Connection.Connected!;
        if (connected is { Role: DeviceScopes.Operator, Device: { Stamp: { } stamp, DeviceId: var id } }
            && await pairing.FindAsync(id, call.Cancelled) is { } device
            && (await tokens.StampsAsync([id], call.Cancelled)).GetValueOrDefault((id, DeviceScopes.Operator)) == stamp)
        {
            return device;
        }

        throw new GatewayException(new GatewayError(
            ErrorCodes.InvalidRequest,
            "device scope upgrade requires a device that has proved its key and is paired; connect with one, then retry",
            GatewayException.Details("DEVICE_IDENTITY_REQUIRED", ("recommendedNextStep", "reopen_control_ui_securely"))));
    }
}
