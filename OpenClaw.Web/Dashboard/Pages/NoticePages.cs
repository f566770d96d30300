using System.Security.Claims;
using OpenClaw.Jobs.Notifications;
using OpenClaw.Jobs.WhatsApp;
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

    private static async Task<IResult> List(string? before, ClaimsPrincipal user, Notifications notifications, IWhatsAppSender sender, CancellationToken cancellationToken)
    {
        var found = await notifications.ListAsync(Guid.TryParse(before, out var last) ? last : null, PageSize, user.ToCaller(), cancellationToken);
        var older = found.Count < PageSize ? null : Links.With(Links.Notices, ("before", found[^1].Id.ToString()));
        return DashboardPage.Of<NoticesPage>(new { Notices = found, Sending = sender.Description, Older = older });
    }

    private static async Task<IResult> Rules(ClaimsPrincipal user, Notifications notifications, CancellationToken cancellationToken) =>
        DashboardPage.Of<NoticeRulesPage>(new { Form = NoticeRulesForm.From(await notifications.RulesAsync(user.ToCaller().Owner, cancellationToken)) });

    private static async Task<IResult> Contacts(ClaimsPrincipal user, Conversations conversations, CancellationToken cancellationToken) =>
        DashboardPage.Of<ContactsPage>(new { Contacts = await conversations.ContactsAsync(user.ToCaller(), cancellationToken) });

    private static async Task<IResult> Contact(string number, string? before, ClaimsPrincipal user, Conversations conversations, CancellationToken cancellationToken)
    {
        if (await conversations.HistoryAsync(number, Guid.TryParse(before, out var last) ? last : null, PageSize, user.ToCaller(), cancellationToken) is not { } found)
            return DashboardPage.Missing("There is no such contact.");

        var older = found.Count < PageSize ? null : Links.With(Links.Contact(number), ("before", found[^1].Id.ToString()));
        return DashboardPage.Of<ContactPage>(new { Number = number, Messages = found, Older = older });
    }
}
