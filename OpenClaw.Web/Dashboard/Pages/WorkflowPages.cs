using System.Security.Claims;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

internal static class WorkflowPages
{
    // Of agents of one name that a person is to choose from.
    private const int ShownNamesakes = 10;

    public static void MapWorkflowPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Routes.Workflows, List);
        pages.MapGet(Routes.WorkflowFigures, Figures).OfHouseAlone();
        pages.MapGet(Routes.Workflows + "/{uuid:guid}", Show);
    }

    private static async Task<IResult> List([AsParameters] ListCall call, PageQuery query, WorkflowListQueries workflows, WorkflowMetrics metrics, TimeProvider time, CancellationToken cancellationToken)
    {
        var text = query.Text("q");
        var name = query.Text("name");
        var standing = query.OneOf<WorkflowStanding>("status");
        var (within, ended) = (Time(query, "within"), Time(query, "ended"));
        var agent = query.Text("agent");
        var (before, size) = (query.Id("before"), PageSizes.Of(query));
        var hour = query.Hour("hour");
        if (name is not null && call.Catalog.All.All(definition => definition.Name != name) && !await workflows.HasRunAsync(name, cancellationToken))
        {
            query.Refuse($"No workflow is called \"{ForeignText.Quote(name)}\".");
        }

        var problems = query.Problems;
        IReadOnlyList<AgentSummary> meant = agent is not null && problems.Count == 0 ? await call.Agents.NamedAsync(agent, ShownNamesakes, call.Caller, cancellationToken) : [];
        if (agent is not null && problems.Count == 0 && meant.Count == 0)
        {
            query.Refuse($"No agent is called \"{ForeignText.Quote(agent)}\", and none has it as its id.");
            problems = query.Problems;
        }

        var search = new WorkflowSearch(
            text, standing, name, meant.Count == 1 ? meant[0].Id : null,
            within is { } started ? time.GetUtcNow() - started.Time : null, ended is { } over ? metrics.Begin(over.Time) : null, before, size, hour);
        var found = problems.Count == 0 && meant.Count < 2 ? await workflows.SearchAsync(search, call.Caller.Owner, cancellationToken) : [];
        var names = await call.Agents.NamesAsync(found.Select(workflow => workflow.AgentId), cancellationToken);
        var list = new WorkflowList(search, agent, within?.Name, ended?.Name, [.. found.Select(workflow => WorkflowLine.From(workflow, names))]);
        return DashboardPage.Of<WorkflowsPage>(new { List = list, Problems = problems, Namesakes = meant.Count > 1 ? meant : [] }, problems);
    }

    private static async Task<IResult> Figures(PageQuery query, WorkflowMetrics metrics, CancellationToken cancellationToken)
    {
        var window = Time(query, "within") ?? WorkflowList.Day;
        var problems = query.Problems;
        var figures = problems.Count == 0 ? await metrics.ReadAsync(window.Time, name: null, cancellationToken) : [];
        return DashboardPage.Of<WorkflowFiguresPage>(new { Within = window.Name, Figures = figures, Problems = problems }, problems);
    }

    private static async Task<IResult> Show(Guid uuid, ClaimsPrincipal user, WorkflowQueries workflows, AgentListQueries agents, CancellationToken cancellationToken)
    {
        if (await workflows.FindAsync(uuid, user.ToCaller().Owner, cancellationToken) is not { } workflow)
        {
            return DashboardPage.Missing("There is no such workflow.");
        }

        var line = WorkflowLine.From(workflow, await agents.NamesAsync([workflow.AgentId], cancellationToken));
        var detail = new WorkflowDetail(line, await workflows.StepsAsync(uuid, cancellationToken), await workflows.EventsAsync(uuid, cancellationToken));
        return DashboardPage.Of<WorkflowPage>(new { Detail = detail });
    }

    private static (string Name, string Text, TimeSpan Time)? Time(PageQuery query, string name) =>
        query.OneOf(name, WorkflowList.Times.Select(choice => choice.Name)) is { } chosen ? WorkflowList.Times.First(choice => choice.Name == chosen) : null;

    internal sealed record ListCall(ClaimsPrincipal User, WorkflowCatalog Catalog, AgentListQueries Agents)
    {
        public Caller Caller => User.ToCaller();
    }
}
