using System.Security.Claims;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.Engine;
using OpenClaw.Web.Dashboard.Layout;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>One box over agents, workflows, pages and commands.</summary>
internal static class SearchPages
{
    // Of errors a shorter text is a part of too many.
    private const int LeastOfError = 3;

    public static void MapSearch(this IEndpointRouteBuilder pages) => pages.MapGet(Routes.Search, Search);

    private static async Task<IResult> Search(PageQuery query, ClaimsPrincipal user, AgentListQueries agents, WorkflowListQueries workflows, CancellationToken cancellationToken)
    {
        var text = query.Text("q");
        var problems = query.Problems;
        var found = text is null || problems.Count > 0
            ? new Found(text, IsCommand: false, [], [], [])
            : await FindAsync(text, user, agents, workflows, cancellationToken);
        return DashboardPage.Of<SearchPage>(new { Found = found, Problems = problems }, problems);
    }

    private static async Task<Found> FindAsync(string text, ClaimsPrincipal user, AgentListQueries agents, WorkflowListQueries workflows, CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        var (found, _) = await agents.SearchAsync(new AgentSearch(text, [], AgentSort.Newest, Found.Shown, Offset: 0), caller, cancellationToken);
        IReadOnlyList<Data.Workflows.Workflow> runs = text.Length < LeastOfError
            ? []
            : await workflows.SearchAsync(new WorkflowSearch(Found.Shown) { Text = text }, caller.Owner, cancellationToken);
        var names = await agents.NamesAsync(runs.Select(run => run.AgentId), cancellationToken);
        return new Found(
            text,
            user.May(KeyScopes.Write) && CommandParser.Read(text) is Reading.Exact { Slipped: false },
            [.. Navigation.Of(user).Where(page => page.Name.Contains(text, StringComparison.OrdinalIgnoreCase))],
            found,
            [.. runs.Select(run => WorkflowLine.From(run, names))]);
    }
}
