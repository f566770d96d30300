using System.Security.Claims;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Web.Dashboard.Forms;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard.Pages;

internal static class AgentPages
{
    public static void MapAgentPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Routes.Agents, List);
        pages.MapGet(Routes.NewAgent, () => DashboardPage.Of<NewAgentPage>(new { Form = new AgentForm() })).RequireScope(KeyScopes.Write);
        pages.MapGet(Routes.Agents + "/{id:guid}", Show);
    }

    private static async Task<IResult> List(PageQuery query, ClaimsPrincipal user, AgentListQueries agents, CancellationToken cancellationToken)
    {
        var (text, statuses, sort) = (query.Text("q"), query.AllOf<AgentStatus>("status"), query.OneOf<AgentSort>("sort") ?? AgentSort.Newest);
        var (isReversed, size) = (query.OneOf("order", [AgentList.Reversed]) is not null, PageSizes.Of(query));
        var page = (int)(query.Number("page", 1, AgentList.LastPage) ?? 1);
        var search = new AgentSearch(text, statuses, sort, size, (page - 1) * size, isReversed);
        var problems = query.Problems;
        var (found, total) = problems.Count == 0 ? await agents.SearchAsync(search, user.ToCaller(), cancellationToken) : ([], 0);
        return DashboardPage.Of<AgentsPage>(new { List = new AgentList(search, found, total, page), Problems = problems }, problems);
    }

    private static async Task<IResult> Show(Guid id, PageQuery query, ClaimsPrincipal user, AgentQueries agents, CancellationToken cancellationToken)
    {
        var tab = query.OneOf("tab", AgentPage.Tabs) ?? AgentPage.Now;
        if (query.Problems is [var problem, ..])
        {
            return DashboardPage.Missing(problem);
        }

        return await agents.FindAsync(id, user.ToCaller(), cancellationToken) is { } agent
            ? DashboardPage.Of<AgentPage>(new { Agent = agent, Tab = tab, Form = AgentForm.From(agent) })
            : DashboardPage.Missing("There is no such agent.");
    }
}
