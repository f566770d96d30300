using System.Globalization;
using OpenClaw.Data.Notices;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Dashboard.Pages;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person says about what they want to be told.</summary>
internal static class NoticeActions
{
    public static void MapNoticeActions(this IEndpointRouteBuilder actions)
    {
        actions.MapPost(Routes.NoticeRules, Change);
        actions.MapPost(Routes.NoticeRules + "/mute", Mute);
    }

    private static async Task<IResult> Change(DashboardForm form, NoticeService notifications)
    {
        var values = NoticeRulesForm.From(form.Fields, await notifications.RulesAsync(form.Caller.Owner, form.Cancelled));
        return await notifications.SetRulesAsync(values.ToDraft(), form.Caller, form.Cancelled) is Decision<NoticeRules>.Refused { Refusal: var refusal }
            ? DashboardPage.Of<NoticeRulesPage>(new { Form = values.Refused(refusal) }, StatusCodes.Status422UnprocessableEntity)
            : form.Return(Links.NoticeRules, "Saved.");
    }

    private static async Task<IResult> Mute(DashboardForm form, NoticeService notifications, TimeProvider time)
    {
        var hours = int.TryParse(form.Text("hours"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Min(given, 24 * 7) : 0;
        await notifications.MuteAsync(hours > 0 ? time.GetUtcNow().AddHours(hours) : null, form.Caller, form.Cancelled);
        return form.Return(Links.NoticeRules, hours > 0 ? "Muted. What happens meanwhile is told afterwards." : "No longer muted.");
    }
}
