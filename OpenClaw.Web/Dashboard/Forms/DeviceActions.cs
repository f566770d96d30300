using OpenClaw.Data.Devices;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Devices;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person does to devices.</summary>
internal static class DeviceActions
{
    private const string Over = "That request is over.";

    public static void MapDeviceActions(this IEndpointRouteBuilder actions)
    {
        var devices = actions.MapGroup(Routes.Devices).RequireScope(KeyScopes.Admin).OfHouseAlone();
        devices.MapPost("/requests/{id:guid}/approve", Approve);
        devices.MapPost("/requests/{id:guid}/reject", Reject);
        devices.MapPost("/{id}/remove", Remove);
        devices.MapPost("/{id}/revoke", Revoke);
    }

    private static async Task<IResult> Approve(Guid id, DashboardForm form, DevicePairing pairing, NodePairing nodes, DeviceNews news)
    {
        var approver = DeviceApprover.Owner(form.Caller.Actor);
        var decision = await pairing.ApproveAsync(id.ToString(), approver, form.Cancelled);
        if (decision is Decision<Device>.Refused { Refusal: Refusal.NotFound })
        {
            decision = await nodes.ApproveAsync(id.ToString(), approver, form.Cancelled);
        }

        news.Wake();
        return decision.Match(
            device => form.Return(Links.Devices, $"{DeviceTexts.Name(device)} is let in."),
            refusal => form.Return(Links.Devices, refusal is Refusal.NotFound ? Over : refusal.Detail, failed: true));
    }

    private static async Task<IResult> Reject(Guid id, DashboardForm form, DevicePairing pairing, NodePairing nodes, DeviceNews news)
    {
        var isDone = await pairing.RejectAsync(id.ToString(), form.Caller.Actor, form.Cancelled) is not null
            || await nodes.RejectAsync(id.ToString(), form.Caller.Actor, form.Cancelled) is not null;
        news.Wake();
        return isDone ? form.Return(Links.Devices, "Refused.") : form.Return(Links.Devices, Over, failed: true);
    }

    private static async Task<IResult> Remove(string id, DashboardForm form, DevicePairing pairing, DeviceNews news)
    {
        var isDone = await pairing.RemoveAsync(id, form.Caller.Actor, form.Cancelled);
        news.Wake();
        return isDone ? form.Return(Links.Devices, "Put out. Its connections end.") : form.Return(Links.Devices, "There is no such device any more.", failed: true);
    }

    private static async Task<IResult> Revoke(string id, DashboardForm form, DeviceTokens tokens, DeviceNews news)
    {
        var isDone = await tokens.RevokeAsync(id, form.Text("role") ?? DeviceScopes.Operator, held: null, form.Caller.Actor, form.Cancelled) is not null;
        news.Wake();
        return isDone ? form.Return(Links.Devices, "Revoked. Its connections end.") : form.Return(Links.Devices, "There is no such token any more.", failed: true);
    }
}
