using OpenClaw.Data.Brakes;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Brakes;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>The brake, from any page.</summary>
internal static class BrakeActions
{
    public static void MapBrakeActions(this IEndpointRouteBuilder actions)
    {
        actions.MapPost(Routes.Brakes, Set);
        actions.MapPost(Routes.Brakes + "/{id:guid}/release", Release);
    }

    private static async Task<IResult> Set(DashboardForm form, BrakeService brakes)
    {
        var mode = form.Text("mode") is { } text && EnumText.TryParse<BrakeMode>(text, out var read) ? read : form.Text("mode") is null ? BrakeMode.NoNewTurns : (BrakeMode?)null;
        var draft = new BrakeDraft(Guid.TryParse(form.Text("agent_id"), out var agent) ? agent : null, mode, form.Text("reason")?.Trim() is { Length: > 0 } reason ? reason : null);
        return form.Return(await brakes.SetAsync(draft, form.Caller, form.Cancelled), Links.Overview, brake => $"The brake is on for {brake.Whose}.");
    }

    private static async Task<IResult> Release(Guid id, DashboardForm form, BrakeService brakes) =>
        form.Return(await brakes.ReleaseAsync(id, form.Caller, form.Cancelled), Links.Overview, brake => $"The brake of {brake.Whose} is released: what waited begins, a few agents at a time.");
}
