using System.Security.Claims;
using Hangfire;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

internal static class OverviewPages
{
    public static void MapOverview(this IEndpointRouteBuilder pages) => pages.MapGet(Routes.Overview, Show);

    private static async Task<IResult> Show(
        PageQuery query, ClaimsPrincipal user, OverviewQueries overview, AgentListQueries agents, WorkflowQueries workflows, HealthLedger health, JobStorage jobs, CancellationToken cancellationToken)
    {
        var range = query.OneOf("range", [OverviewPage.Hour, OverviewPage.Week]);
        var chart = range switch { OverviewPage.Hour => ChartRange.Hour, OverviewPage.Week => ChartRange.Week, _ => ChartRange.Day };
        var problems = query.Problems;
        var caller = user.ToCaller();
        var failed = await workflows.FailedAsync(caller.Owner, before: null, Attention.Looked + 1, cancellationToken);
        var names = await agents.NamesAsync(failed.Select(workflow => workflow.AgentId), cancellationToken);
        var attention = new Attention(
            await agents.InTroubleAsync(caller, Attention.Looked + 1, cancellationToken),
            await agents.AlertsAsync(caller, Attention.Shown + 1, cancellationToken),
            [.. failed.Select(workflow => WorkflowLine.From(workflow, names))],
            [.. (await health.ReadAsync(cancellationToken)).Where(check => check.Status is not Data.Monitoring.HealthStatus.Ok)],
            await agents.LoopsAsync(caller, Attention.Shown + 1, cancellationToken));
        return DashboardPage.Of<OverviewPage>(
            new
            {
                Range = range,
                Chart = chart,
                Problems = problems,
                Overview = await overview.ReadAsync(caller.Owner, chart, cancellationToken),
                Attention = attention,
                Servers = jobs.GetMonitoringApi().Servers(),
            },
            problems);
    }
}
