using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Gateway.Schedules;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>The buttons of a schedule's page; clients of the gateway are told as of their own changes.</summary>
internal static class ScheduleActions
{
    public static void MapScheduleActions(this IEndpointRouteBuilder actions)
    {
        actions.MapPost(Routes.Schedules + "/{id:guid}/run", Run);
        actions.MapPost(Routes.Schedules + "/{id:guid}/enable", Enable);
        actions.MapPost(Routes.Schedules + "/{id:guid}/disable", Disable);
        actions.MapPost(Routes.Schedules + "/{id:guid}/remove", Remove);
    }

    private static async Task<IResult> Run(Guid id, DashboardForm form, ScheduleService schedules) =>
        form.Return(await schedules.RunAsync(id, form.Caller, form.Cancelled), Links.Schedule(id), _ => "It is sent.");

    private static Task<IResult> Enable(Guid id, DashboardForm form, ScheduleService schedules, CronFeed news) => SwitchAsync(id, isOn: true, form, schedules, news);

    private static Task<IResult> Disable(Guid id, DashboardForm form, ScheduleService schedules, CronFeed news) => SwitchAsync(id, isOn: false, form, schedules, news);

    private static async Task<IResult> SwitchAsync(Guid id, bool isOn, DashboardForm form, ScheduleService schedules, CronFeed news)
    {
        var decision = await schedules.UpdateAsync(id, current => current with { Enabled = isOn }, form.Caller, form.Cancelled);
        if (decision is Decision<Guid>.Accepted)
        {
            await news.ChangedAsync("updated", id, form.Caller, form.Cancelled);
        }

        return form.Return(decision, Links.Schedule(id), _ => isOn ? "It is switched on." : "It is switched off.");
    }

    private static async Task<IResult> Remove(Guid id, DashboardForm form, ScheduleService schedules, CronFeed news)
    {
        var decision = await schedules.RemoveAsync(id, form.Caller, form.Cancelled);
        if (decision is Decision<Guid>.Accepted)
        {
            news.Removed(id.ToString(), form.Caller);
        }

        return form.Return(decision, Links.Schedules, _ => "It is removed.");
    }
}
