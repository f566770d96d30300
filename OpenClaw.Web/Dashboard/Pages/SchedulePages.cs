using System.Security.Claims;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>What agents are sent by the clock: all of it, and one with its next times and what became of those before.</summary>
internal static class SchedulePages
{
    private const int Most = 200;
    private const int PageSize = 50;

    public static void MapSchedulePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Routes.Schedules, List);
        pages.MapGet(Routes.Schedules + "/{id:guid}", Show);
    }

    private static async Task<IResult> List(ClaimsPrincipal user, ScheduleQueries schedules, AgentListQueries agents, CancellationToken cancellationToken)
    {
        var page = await schedules.ListAsync(Most, user.ToCaller(), cancellationToken);
        return DashboardPage.Of<SchedulesPage>(new { Schedules = page, Names = await agents.NamesAsync(page.Select(schedule => (Guid?)schedule.AgentId), cancellationToken) });
    }

    private static async Task<IResult> Show(Guid id, PageQuery query, ClaimsPrincipal user, ScheduleQueries schedules, AgentListQueries agents, TimeProvider time, CancellationToken cancellationToken)
    {
        var before = query.Id("before");
        if (query.Problems is [var problem, ..])
        {
            return DashboardPage.Missing(problem);
        }

        var caller = user.ToCaller();
        if (await schedules.FindAsync(id, caller, cancellationToken) is not { } schedule)
        {
            return DashboardPage.Missing("There is no such schedule.");
        }

        var runs = await schedules.DueAsync(id, before, PageSize, caller, cancellationToken);
        return DashboardPage.Of<SchedulePage>(new
        {
            Schedule = schedule,
            AgentName = (await agents.NamesAsync([schedule.AgentId], cancellationToken)).GetValueOrDefault(schedule.AgentId, ""),
            Next = (IReadOnlyList<DateTimeOffset>)[.. ScheduleQueries.Next(schedule, time.GetUtcNow()).Take(ScheduleQueries.NextTimes)],
            Runs = (IReadOnlyList<DueRun>)runs,
            Older = runs.Count < PageSize ? null : Links.With(Links.Schedule(id), ("before", runs[^1].Run.Id.ToString())),
        });
    }
}
