using System.Security.Claims;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

internal static class WorkflowPages
{
    // Of agents of one name that a person is to choose from.
    private const int ShownNamesakes = 10;

    // By the time that a person chooses.
    private static readonly Dictionary<string, ChartRange> Ranges = new() { ["1h"] = ChartRange.Hour, ["24h"] = ChartRange.Day, ["7d"] = ChartRange.Week };

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
        var standings = query.AllOf<WorkflowStanding>("status");
        var (within, ended) = (Time(query, "within"), Time(query, "ended"));
        var agent = query.Text("agent");
        var (before, size) = (query.Id("before"), PageSizes.Of(query));
        var beats = query.OneOf("beats", [WorkflowList.BeatsShown, WorkflowList.BeatsHidden]);
        var endedIn = EndedIn(query);
        await RefuseUnknownAsync(query, name, call.Catalog, workflows, cancellationToken);

        var problems = query.Problems;
        IReadOnlyList<AgentSummary> meant = agent is not null && problems.Count == 0 ? await call.Agents.NamedAsync(agent, ShownNamesakes, call.Caller, cancellationToken) : [];
        if (agent is not null && problems.Count == 0 && meant.Count == 0)
        {
            query.Refuse($"No agent is called \"{ForeignText.Quote(agent)}\", and none has it as its id.");
            problems = query.Problems;
        }

        var search = new WorkflowSearch(size)
        {
            Text = text,
            Standings = standings,
            Name = name,
            AgentId = meant.Count == 1 ? meant[0].Id : null,
            Since = within is { } started ? time.GetUtcNow() - started.Time : null,
            EndedSince = ended is { } over ? metrics.Begin(over.Time) : null,
            EndedIn = endedIn,
            Before = before,
        };
        var list = new WorkflowList(search, agent, within?.Name, ended?.Name, beats);
        if (problems.Count == 0 && meant.Count < 2)
        {
            var found = await workflows.SearchAsync(list.Wanted, call.Caller.Owner, cancellationToken);
            var names = await call.Agents.NamesAsync(found.Select(workflow => workflow.AgentId), cancellationToken);
            list = list with
            {
                Lines = [.. found.Select(workflow => WorkflowLine.From(workflow, names))],
                Total = before is null && found.Count < size ? found.Count : await workflows.CountAsync(list.Wanted, call.Caller.Owner, WorkflowList.CountedTo + 1, cancellationToken),
            };
        }

        return DashboardPage.Of<WorkflowsPage>(new { List = list, Problems = problems, Namesakes = meant.Count > 1 ? meant : [] }, problems);
    }

    private static async Task<IResult> Figures([AsParameters] ListCall call, PageQuery query, WorkflowMetrics metrics, WorkflowSeries series, WorkflowListQueries workflows, TimeProvider time, CancellationToken cancellationToken)
    {
        var window = Time(query, "within") ?? WorkflowList.Day;
        var name = query.Text("name");
        await RefuseUnknownAsync(query, name, call.Catalog, workflows, cancellationToken);

        var (problems, range) = (query.Problems, Ranges[window.Name]);
        var begin = range.Begin(time.GetUtcNow());
        var figures = problems.Count == 0 ? await metrics.ReadAsync(window.Time, name, cancellationToken) : [];
        var parts = problems.Count == 0 ? await series.ReadAsync(begin, range.Part, name, cancellationToken) : [];
        return DashboardPage.Of<WorkflowFiguresPage>(new { Within = window.Name, Name = name, Figures = figures, Parts = parts, Begin = begin, Range = range, Problems = problems }, problems);
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

    private static async Task RefuseUnknownAsync(PageQuery query, string? name, WorkflowCatalog catalog, WorkflowListQueries workflows, CancellationToken cancellationToken)
    {
        if (name is not null && catalog.All.All(definition => definition.Name != name) && !await workflows.HasRunAsync(name, cancellationToken))
        {
            query.Refuse($"No workflow is called \"{ForeignText.Quote(name)}\".");
        }
    }

    private static (DateTimeOffset Begin, TimeSpan Length)? EndedIn(PageQuery query)
    {
        var (hour, minute) = (query.Hour("hour"), query.Minute("minute"));
        if (hour is not null && minute is not null)
        {
            query.Refuse("hour and minute say both when it ended: give one of them.");
        }

        return hour is { } begin ? (begin, ChartRange.Day.Part) : minute is { } from ? (from, ChartRange.Hour.Part) : null;
    }

    private static (string Name, string Text, TimeSpan Time)? Time(PageQuery query, string name) =>
        query.OneOf(name, WorkflowList.Times.Select(choice => choice.Name)) is { } chosen ? WorkflowList.Times.First(choice => choice.Name == chosen) : null;

    internal sealed record ListCall(ClaimsPrincipal User, WorkflowCatalog Catalog, AgentListQueries Agents)
    {
        public Caller Caller => User.ToCaller();
    }
}
