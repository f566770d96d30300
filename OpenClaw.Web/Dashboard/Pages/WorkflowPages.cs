using System.Security.Claims;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

internal static class WorkflowPages
{
    public static void MapWorkflowPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Routes.Workflows, List);
        pages.MapGet(Routes.WorkflowFigures, Figures);
        pages.MapGet(Routes.Workflows + "/{uuid:guid}", Show);
    }

    private static async Task<IResult> List([AsParameters] Query query, ClaimsPrincipal user, WorkflowDirectory workflows, AgentDirectory agents, TimeProvider time, CancellationToken cancellationToken)
    {
        var within = WorkflowList.Times.FirstOrDefault(choice => choice.Name == query.Within);
        var search = new WorkflowSearch(
            query.Q,
            query.Status is not null && EnumText.TryParse<WorkflowStatus>(query.Status, out var status) ? status : null,
            string.IsNullOrEmpty(query.Name) ? null : query.Name,
            ParseGuid(query.Agent),
            within.Name is null ? null : time.GetUtcNow() - within.Time,
            ParseGuid(query.Before),
            WorkflowList.PageSize);
        var found = await workflows.SearchAsync(search, user.ToCaller().Owner, cancellationToken);
        var names = await agents.NamesAsync(found.Select(workflow => workflow.AgentId), cancellationToken);
        return DashboardPage.Of<WorkflowsPage>(new { List = new WorkflowList(search, within.Name, [.. found.Select(workflow => WorkflowLine.From(workflow, names))]) });
    }

    private static async Task<IResult> Figures(string? within, WorkflowMetrics metrics, CancellationToken cancellationToken)
    {
        var window = WorkflowList.Times.FirstOrDefault(choice => choice.Name == within, WorkflowList.Day);
        return DashboardPage.Of<WorkflowFiguresPage>(new { Within = window.Name, Figures = await metrics.ReadAsync(window.Time, name: null, cancellationToken) });
    }

    private static async Task<IResult> Show(Guid uuid, ClaimsPrincipal user, WorkflowQueries workflows, AgentDirectory agents, CancellationToken cancellationToken)
    {
        if (await workflows.FindAsync(uuid, user.ToCaller().Owner, cancellationToken) is not { } workflow)
            return DashboardPage.Missing("There is no such workflow.");

        var line = WorkflowLine.From(workflow, await agents.NamesAsync([workflow.AgentId], cancellationToken));
        var detail = new WorkflowDetail(line, await workflows.StepsAsync(uuid, cancellationToken), await workflows.EventsAsync(uuid, cancellationToken));
        return DashboardPage.Of<WorkflowPage>(new { Detail = detail });
    }

    // Addresses are typed and kept by people: what is no id counts as absent.
    private static Guid? ParseGuid(string? text) => Guid.TryParse(text, out var id) ? id : null;

    internal sealed record Query(string? Q, string? Name, string? Status, string? Agent, string? Within, string? Before);
}
