using OpenClaw.Jobs.Devices;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>Somebody or something that waits to be let in.</summary>
/// <param name="Id">Of the request.</param>
/// <param name="Name">By its own account.</param>
/// <param name="What">What it asks for.</param>
/// <param name="At">When it first asked.</param>
public sealed record DeviceWish(string Id, string Name, string What, DateTimeOffset At);

/// <summary>The page of devices.</summary>
internal static class DevicePages
{
    public static void MapDevicePages(this IEndpointRouteBuilder pages) => pages.MapGet(Routes.Devices, Devices).OfHouseAlone();

    private static async Task<IResult> Devices(DevicePairing pairing, CancellationToken cancellationToken)
    {
        var list = await pairing.ListAsync(cancellationToken);
        var asking = list.Pending.Select(request => new DeviceWish(request.RequestId.ToString(), DeviceTexts.Name(request), DeviceTexts.Wish(request), request.CreatedAt));
        var offering = list.Paired.Select(device => (Device: device, Pending: PendingNodeSurface.Read(device.PendingNode))).Where(node => node.Pending is not null)
            .Select(node => new DeviceWish(
                node.Pending!.RequestId, DeviceTexts.Name(node.Device), $"as a node: {DeviceTexts.Commands(node.Pending.Offer)}", DateTimeOffset.FromUnixTimeMilliseconds(node.Pending.Ts)));
        return DashboardPage.Of<DevicesPage>(new { Waiting = asking.Concat(offering).OrderByDescending(wish => wish.At).ToList(), List = list });
    }
}
