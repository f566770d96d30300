using System.Globalization;
using System.Security.Claims;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Spending;
using OpenClaw.Web.Dashboard.Forms;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>The page of spending, budgets and prices.</summary>
internal static class SpendingPages
{
    private const string NoAgent = "none";

    public static void MapSpendingPages(this IEndpointRouteBuilder pages) => pages.MapGet(Routes.Spending, Show);

    /// <summary>The address of a search: what is added up there are the rows that it lists.</summary>
    public static string Address(SpendingBy by, SpendingSearch search, long? before = null) => Links.With(
        Links.Spending, ("by", EnumText.ToLower(by)), ("from", search.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("until", search.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("agent", search.IsOfNoAgent ? NoAgent : search.AgentId?.ToString()), ("model", search.Model), ("kind", search.Kind is { } kind ? EnumText.ToLower(kind) : null),
        ("before", before?.ToString(CultureInfo.InvariantCulture)));

    private static async Task<IResult> Show(PageQuery query, ClaimsPrincipal user, SpendingQueries spending, SpendingView view, CancellationToken cancellationToken)
    {
        var by = query.OneOf<SpendingBy>("by") ?? SpendingBy.Day;
        var (from, until) = (query.Day("from"), query.Day("until"));
        var agent = query.Text("agent");
        var id = Guid.TryParse(agent, out var parsed) ? parsed : (Guid?)null;
        if (agent is not null && agent != NoAgent && id is null)
        {
            query.Refuse($"agent is \"{ForeignText.Quote(agent)}\", which is no id; {NoAgent} shows what no agent has asked.");
        }

        var search = spending.WithDays(new SpendingSearch(from, until, id, query.Text("model"), query.OneOf<SpendingKind>("kind")) { IsOfNoAgent = agent == NoAgent });
        var before = query.Number("before", 1, long.MaxValue);
        if (search.Problem is { } wrong)
        {
            query.Refuse(wrong);
        }

        var problems = query.Problems;
        return await view.ShowAsync(new SpendingFilter(by, search, before, problems), user.ToCaller(), new BudgetForm(), new PriceForm(), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, cancellationToken);
    }
}
