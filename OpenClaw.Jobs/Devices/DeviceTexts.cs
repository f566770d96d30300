using OpenClaw.Data.Devices;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Devices;

/// <summary>Devices in words.</summary>
public static class DeviceTexts
{
    /// <summary>Digits of an id that are shown, and enough to name it.</summary>
    public const int ShortId = 8;

    private const int MaxName = 64;
    private const int MaxCommands = 10;

    /// <summary>As people name it to us.</summary>
    public static string Prefix(string id) => id[..Math.Min(id.Length, ShortId)];

    public static string Prefix(Guid id) => Prefix(id.ToString());

    /// <summary>Who it is, by its own account.</summary>
    public static string Name(Device device) => Name(device.Label ?? device.DisplayName, device.ClientId);

    public static string Name(DeviceRequest request) => Name(request.DisplayName, request.ClientId);

    /// <summary>What it asks for, and whence.</summary>
    public static string Wish(DeviceRequest request) =>
        $"as {string.Join(" and ", request.Roles)}{(request.Scopes.Length == 0 ? "" : $" with {string.Join(", ", request.Scopes)}")}"
        + (request.RemoteIp is { } address ? $", from {ForeignText.OneLine(address, MaxName)}" : "");

    internal static OwnerNotice Asks(DeviceRequest request, string owner) => new(
        NoticeEvent.DeviceAsks,
        owner,
        Name(request),
        $"it asks to be let in {Wish(request)}. To let it in, write: approve device {Prefix(request.RequestId)}. To refuse: reject device {Prefix(request.RequestId)}. It waits for {DevicePairing.RequestLife.TotalHours:0} h.",
        $"device:{request.RequestId}");

    internal static OwnerNotice Offers(Device node, PendingNodeSurface pending, string owner) => new(
        NoticeEvent.DeviceAsks,
        owner,
        Name(node),
        $"as a node it offers: {Commands(pending.Offer)}. To let it, write: approve device {Prefix(pending.RequestId)}. To refuse: reject device {Prefix(pending.RequestId)}.",
        $"node:{pending.RequestId}");

    /// <summary>What a node can be asked, or that it can be asked nothing.</summary>
    public static string Commands(NodeOffer offer) => offer.Commands.Count switch
    {
        0 => "nothing",
        <= MaxCommands => ForeignText.OneLine(string.Join(", ", offer.Commands)),
        var count => $"{ForeignText.OneLine(string.Join(", ", offer.Commands.Take(MaxCommands)))} and {count - MaxCommands} more",
    };

    private static string Name(string? name, string? client) =>
        ForeignText.OneLine(name is { Length: > 0 } ? name : client ?? "a device", MaxName);
}
