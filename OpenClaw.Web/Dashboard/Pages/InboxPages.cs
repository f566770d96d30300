using System.Security.Claims;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Questions;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>The page of what waits for an answer, and what was answered.</summary>
internal static class InboxPages
{
    private const int MostOpen = 200;
    private const int PageSize = 50;

    public static void MapInbox(this IEndpointRouteBuilder pages) => pages.MapGet(Routes.Inbox, Show);

    private static async Task<IResult> Show(PageQuery query, ClaimsPrincipal user, QuestionQueries questions, CancellationToken cancellationToken)
    {
        var before = query.Id("before");
        var problems = query.Problems;
        var (caller, usable) = (user.ToCaller(), problems.Count == 0);
        var open = usable ? (await questions.ListAsync(QuestionState.Open, agent: null, MostOpen, offset: 0, caller, cancellationToken)).Page : [];
        var ended = usable ? await questions.EndedAsync(before, PageSize, caller, cancellationToken) : [];
        var older = ended.Count < PageSize ? null : Links.With(Links.Inbox, ("before", ended[^1].Question.Id.ToString()));
        return DashboardPage.Of<InboxPage>(new { Open = open, Ended = ended, Older = older, Problems = problems }, problems);
    }
}
