using System.Security.Claims;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Notices;
using OpenClaw.Web.Dashboard.Forms;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>Pages about what people are told, and what they say, outside of here.</summary>
internal static class NoticePages
{
    private const int PageSize = 50;

    public static void MapNoticePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Routes.Notices, List);
        pages.MapGet(Routes.NoticeRules, Rules);
        pages.MapGet(Routes.Contacts, Contacts);
        pages.MapGet(Routes.Contacts + "/{number}", Contact);
    }

    private static async Task<IResult> List(PageQuery query, ClaimsPrincipal user, NoticeService notifications, IWhatsAppSender sender, CancellationToken cancellationToken)
    {
        var (standing, before) = (query.OneOf<NoticeStanding>("state"), query.Id("before"));
        var problems = query.Problems;
        var found = problems.Count == 0 ? await notifications.ListAsync(standing, before, PageSize, user.ToCaller(), cancellationToken) : [];
        var older = found.Count < PageSize
            ? null
            : Links.With(Links.Notices, ("state", standing is { } chosen ? EnumText.ToLower(chosen) : null), ("before", found[^1].Id.ToString()));
        return DashboardPage.Of<NoticesPage>(new { Standing = standing, Notices = found, Sending = sender.Description, Older = older, Problems = problems }, problems);
    }

    private static async Task<IResult> Rules(ClaimsPrincipal user, NoticeService notifications, CancellationToken cancellationToken) =>
        DashboardPage.Of<NoticeRulesPage>(new { Form = NoticeRulesForm.From(await notifications.RulesAsync(user.ToCaller().Owner, cancellationToken)) });

    private static async Task<IResult> Contacts(ClaimsPrincipal user, ContactConversations conversations, CancellationToken cancellationToken) =>
        DashboardPage.Of<ContactsPage>(new { Contacts = await conversations.ContactsAsync(user.ToCaller(), cancellationToken) });

    private static async Task<IResult> Contact(string number, PageQuery query, ClaimsPrincipal user, ContactConversations conversations, CancellationToken cancellationToken)
    {
        var before = query.Id("before");
        if (query.Problems is [var problem, ..])
        {
            return DashboardPage.Missing(problem);
        }

        if (await conversations.HistoryAsync(number, before, PageSize, user.ToCaller(), cancellationToken) is not { } found)
        {
            return DashboardPage.Missing("There is no such contact.");
        }

        var older = found.Count < PageSize ? null : Links.With(Links.Contact(number), ("before", found[^1].Id.ToString()));
        return DashboardPage.Of<ContactPage>(new { Number = number, Messages = found, Older = older });
    }
}
