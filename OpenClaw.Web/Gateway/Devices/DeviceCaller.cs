using OpenClaw.Data.Devices;
using OpenClaw.Jobs.Devices;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Devices;

/// <summary>What a caller may do with devices. One that came in by its device's token, and is no admin, sees and manages its own alone.</summary>
internal readonly record struct DeviceCaller(string? OwnDevice, bool IsAdmin)
{
    public static DeviceCaller Of(GatewayCall call)
    {
        var connected = call.Connection.Connected!;
        return new DeviceCaller(connected.Device is { ByDeviceToken: true, DeviceId: var id } ? id : null, connected.Scopes.Contains(Scopes.Admin));
    }

    public bool Sees(string deviceId) => OwnDevice is null || IsAdmin || OwnDevice == deviceId;

    /// <summary>It came in by its device's token and is no admin.</summary>
    public bool IsBound => OwnDevice is not null && !IsAdmin;

    /// <summary>Whether it may manage what this role of a device is.</summary>
    public bool MayManage(string role) => IsAdmin || role == DeviceScopes.Operator;

    public bool MayManage(Device device) => IsAdmin || device.Roles.All(role => role == DeviceScopes.Operator);
}
