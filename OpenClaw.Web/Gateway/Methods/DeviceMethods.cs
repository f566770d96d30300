using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Devices;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Devices: who asks to be let in, who is in, and their tokens. The refusals are in the real gateway's words, by which its command line goes on.</summary>
internal sealed class DeviceMethods(DevicePairing pairing, DeviceTokens tokens, DeviceNews news, GatewayHub hub) : IGatewayMethods
{
    private const int MaxLabel = 64;

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("device.pair.list", Scopes.Pairing, ListAsync),
        GatewayMethod.Of("device.pair.approve", Scopes.Pairing, ApproveAsync),
        GatewayMethod.Of("device.pair.reject", Scopes.Pairing, RejectAsync),
        GatewayMethod.Of("device.pair.remove", Scopes.Pairing, RemoveAsync),
        GatewayMethod.Of("device.pair.rename", Scopes.Pairing, RenameAsync),
        GatewayMethod.Of("device.token.rotate", Scopes.Pairing, RotateAsync),
        GatewayMethod.Of("device.token.revoke", Scopes.Pairing, RevokeAsync),
    ];

    private async Task<DevicePairList> ListAsync(GatewayCall call)
    {
        call.NoParams();
        var (caller, list) = (DeviceCaller.Of(call), await pairing.ListAsync(call.Cancelled));
        return new DevicePairList(
            [.. list.Pending.Where(request => caller.Sees(request.DeviceId)).Select(DeviceShapes.Of)],
            [.. list.Paired.Where(device => caller.Sees(device.DeviceId)).Select(device => DeviceShapes.Of(device, list.Tokens[device.DeviceId], IsConnected(device.DeviceId)))]);
    }

    private async Task<DeviceApproved> ApproveAsync(GatewayCall call)
    {
        var (id, caller) = (call.Params("requestId").Filled("requestId").Trim(), DeviceCaller.Of(call));
        if (!caller.IsAdmin)
        {
            var request = await pairing.PendingAsync(id, call.Cancelled);
            if (request is null || !caller.Sees(request.DeviceId) || request.Roles.Any(role => role != DeviceScopes.Operator))
            {
                throw Denied("device pairing approval denied");
            }
        }

        var approver = new DeviceApprover(call.Caller.Actor, [.. call.Connection.Connected!.Scopes]);
        var device = (await pairing.ApproveAsync(id, approver, call.Cancelled)).Match(accepted => accepted, refusal => throw Denied(refusal.Detail));
        call.Answered = news.Wake;
        var list = await pairing.ListAsync(call.Cancelled);
        return new DeviceApproved(id, DeviceShapes.Of(device, list.Tokens[device.DeviceId], isConnected: null));
    }

    private async Task<DeviceRejected> RejectAsync(GatewayCall call)
    {
        var (id, caller) = (call.Params("requestId").Filled("requestId").Trim(), DeviceCaller.Of(call));
        if (caller.IsBound && (await pairing.PendingAsync(id, call.Cancelled) is not { } request || !caller.Sees(request.DeviceId)))
        {
            throw Denied("device pairing rejection denied");
        }

        var rejected = await pairing.RejectAsync(id, call.Caller.Actor, call.Cancelled) ?? throw Denied("unknown requestId");
        call.Answered = news.Wake;
        return new DeviceRejected(id, rejected.DeviceId);
    }

    private async Task<DeviceRemoved> RemoveAsync(GatewayCall call)
    {
        var id = call.Params("deviceId").Filled("deviceId").Trim();
        await CheckAsync(call, id, "device pairing removal denied");
        if (!await pairing.RemoveAsync(id, call.Caller.Actor, call.Cancelled))
        {
            throw Denied("unknown deviceId");
        }

        call.Answered = news.Wake;
        return new DeviceRemoved(id);
    }

    private async Task<DeviceRenamed> RenameAsync(GatewayCall call)
    {
        var given = call.Params("deviceId", "label");
        var (id, label) = (given.Filled("deviceId").Trim(), given.Filled("label", MaxLabel).Trim());
        if (label.Length == 0)
        {
            throw Denied("label required");
        }

        await CheckAsync(call, id, "device pairing rename denied");
        return await pairing.RenameAsync(id, label, call.Caller.Actor, call.Cancelled) ? new DeviceRenamed(id, label) : throw Denied("unknown deviceId");
    }

    private async Task<DeviceTokenRotated> RotateAsync(GatewayCall call)
    {
        var given = call.Params("deviceId", "role", "scopes");
        var (id, role, caller) = (given.Filled("deviceId").Trim(), given.Filled("role").Trim(), DeviceCaller.Of(call));
        var scopes = given.Has("scopes") ? given.Texts("scopes") : null;
        var issued = caller.Sees(id) && caller.MayManage(role) ? await tokens.RotateAsync(id, role, scopes, Held(call, role), call.Caller.Actor, call.Cancelled) : null;
        if (issued is null)
        {
            throw Denied("device token rotation denied");
        }

        // Nobody else is told a device's token: it fetches the new one when it shows the gateway's.
        call.Answered = news.Wake;
        var isOwn = caller.OwnDevice == id;
        return new DeviceTokenRotated(id, role, isOwn ? issued.Token : null, issued.Scopes, DeviceShapes.Ms(issued.IssuedAt), isOwn ? "in-band" : "withheld-cross-device");
    }

    private async Task<DeviceTokenRevoked> RevokeAsync(GatewayCall call)
    {
        var given = call.Params("deviceId", "role");
        var (id, role, caller) = (given.Filled("deviceId").Trim(), given.Filled("role").Trim(), DeviceCaller.Of(call));
        var revoked = caller.Sees(id) && caller.MayManage(role) ? await tokens.RevokeAsync(id, role, Held(call, role), call.Caller.Actor, call.Cancelled) : null;
        if (revoked is not { } at)
        {
            throw Denied("device token revocation denied");
        }

        call.Answered = news.Wake;
        return new DeviceTokenRevoked(id, role, DeviceShapes.Ms(at));
    }

    private async Task CheckAsync(GatewayCall call, string deviceId, string denied)
    {
        var caller = DeviceCaller.Of(call);
        if (!caller.Sees(deviceId) || (caller.IsBound && await pairing.FindAsync(deviceId, call.Cancelled) is { } device && !caller.MayManage(device)))
        {
            throw Denied(denied);
        }
    }

    private bool IsConnected(string deviceId) => hub.Connections.Any(connection => connection.Connected?.Device?.DeviceId == deviceId);

    private static IReadOnlyList<string>? Held(GatewayCall call, string role) => role == DeviceScopes.Operator ? call.Connection.Connected!.Scopes : null;

    private static GatewayException Denied(string message) => GatewayException.Invalid(message);
}
