using System.Security.Claims;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Notices;

/// <summary>What owners are told on WhatsApp, and what is said there.</summary>
internal static class NoticeEndpoints
{
    internal static Refusal.NotFound UnknownContact => new("contact_not_found", "There is no contact by that number. Write it as +491701234567.");

    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("WhatsApp").ProducesProblems(400, 401, 422, 503);
        routes.MapGet("/notifications", List).WithSummary("List what the owner was told, newest first").Produces<NotificationListResponse>();
        routes.MapGet("/notifications/rules", Rules).WithSummary("Tell what the owner wants to be told").Produces<NotificationRulesBody>();
        routes.MapPut("/notifications/rules", SetRules).WithSummary("Say what the owner wants to be told").Produces<NotificationRulesBody>();
        routes.MapGet("/contacts", Contacts).WithSummary("List who talks to us on WhatsApp").Produces<ContactListResponse>();
        routes.MapGet("/contacts/{number}/messages", History).WithSummary("List what was said to and by a number, newest first").Produces<ConversationResponse>().ProducesProblems(404);
    }

    private static async Task<IResult> List(int? limit, Guid? cursor, ClaimsPrincipal user, NoticeService notices, IWhatsAppSender sender, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var page = rules.Limit(limit);
        return rules.Problem is { } problem
            ? ProblemResult.Of(problem)
            : TypedResults.Ok(NotificationListResponse.From(sender, await notices.ListAsync(standing: null, cursor, page, user.ToCaller(), cancellationToken), page));
    }

    private static async Task<IResult> Rules(ClaimsPrincipal user, NoticeService notices, CancellationToken cancellationToken) =>
        TypedResults.Ok(NotificationRulesBody.From(await notices.RulesAsync(user.ToCaller().Owner, cancellationToken)));

    private static async Task<IResult> SetRules(NotificationRulesBody body, ClaimsPrincipal user, NoticeService notices, CancellationToken cancellationToken) =>
        (await notices.SetRulesAsync(body.ToDraft(), user.ToCaller(), cancellationToken)).Match<IResult>(rules => TypedResults.Ok(NotificationRulesBody.From(rules)), ProblemResult.Of);

    private static async Task<IResult> Contacts(ClaimsPrincipal user, ContactConversations conversations, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ContactListResponse([.. (await conversations.ContactsAsync(user.ToCaller(), cancellationToken)).Select(ContactResponse.From)]));

    private static async Task<IResult> History(string number, int? limit, Guid? cursor, ClaimsPrincipal user, ContactConversations conversations, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var page = rules.Limit(limit);
        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        return PhoneNumbers.Parse(number) is { } parsed && await conversations.HistoryAsync(parsed, cursor, page, user.ToCaller(), cancellationToken) is { } messages
            ? TypedResults.Ok(ConversationResponse.From(messages, page))
            : ProblemResult.Of(UnknownContact);
    }
}
