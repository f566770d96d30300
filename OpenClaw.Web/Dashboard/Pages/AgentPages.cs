using System.Security.Claims;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

internal static class AgentPages
{
    public static void MapAgentPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Routes.Agents, List);
        pages.MapGet(Routes.NewAgent, () => DashboardPage.Of<NewAgentPage>(new { Form = new AgentForm() }));
        pages.MapGet(Routes.Agents + "/{id:guid}", Show);
    }

    private static async Task<IResult> List(string? q, string? status, string? sort, int? page, ClaimsPrincipal user, AgentDirectory agents, CancellationToken cancellationToken)
    {
        var number = Math.Clamp(page ?? 1, 1, AgentList.LastPage);
        var search = new AgentSearch(q, Parse<AgentStatus>(status), Parse<AgentSort>(sort) ?? AgentSort.Newest, AgentList.PageSize, (number - 1) * AgentList.PageSize);
        var (found, total) = await agents.SearchAsync(search, user.ToCaller(), cancellationToken);
        return DashboardPage.Of<AgentsPage>(new { List = new AgentList(search, found, total, number) });
    }

    private static async Task<IResult> Show(Guid id, string? tab, ClaimsPrincipal user, AgentQueries agents, CancellationToken cancellationToken) =>
        await agents.FindAsync(id, user.ToCaller(), cancellationToken) is { } agent
            ? DashboardPage.Of<AgentPage>(new { Agent = agent, Tab = tab ?? AgentPage.Now, Form = AgentForm.From(agent) })
            : DashboardPage.Missing("There is no such agent.");

    // Addresses are typed and kept by people: what is unknown counts as absent.
    private static T? Parse<T>(string? text) where T : struct, Enum => text is not null && EnumText.TryParse<T>(text, out var value) ? value : null;
}
