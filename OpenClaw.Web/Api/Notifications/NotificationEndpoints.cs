using System.Globalization;
using System.Security.Claims;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Notifications;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Notifications;
using OpenClaw.Jobs.WhatsApp;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;
using Notices = OpenClaw.Jobs.Notifications.Notifications;

namespace OpenClaw.Web.Api.Notifications;

/// <summary>What owners are told on WhatsApp, and what is said there.</summary>
internal static class NotificationEndpoints
{
    private const int MostInMinute = 100;

    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("WhatsApp").ProducesProblems(400, 401, 422, 503);
        routes.MapGet("/notifications", List).WithSummary("List what the owner was told, newest first").Produces<NotificationListResponse>();
        routes.MapGet("/notifications/rules", Rules).WithSummary("Tell what the owner wants to be told").Produces<NotificationRulesBody>();
        routes.MapPut("/notifications/rules", SetRules).WithSummary("Say what the owner wants to be told").Produces<NotificationRulesBody>();
        routes.MapGet("/contacts", Contacts).WithSummary("List who talks to us on WhatsApp").Produces<ContactListResponse>();
        routes.MapGet("/contacts/{number}/messages", History).WithSummary("List what was said to and by a number, newest first").Produces<ConversationResponse>().ProducesProblems(404);
    }

    private static async Task<IResult> List(int? limit, Guid? cursor, ClaimsPrincipal user, Notices notifications, IWhatsAppSender sender, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var page = rules.Limit(limit);
        return rules.Problem is { } problem
            ? ProblemResult.Of(problem)
            : TypedResults.Ok(NotificationListResponse.From(sender, await notifications.ListAsync(cursor, page, user.ToCaller(), cancellationToken), page));
    }

    private static async Task<IResult> Rules(ClaimsPrincipal user, Notices notifications, CancellationToken cancellationToken) =>
        TypedResults.Ok(NotificationRulesBody.From(await notifications.RulesAsync(user.ToCaller().Owner, cancellationToken)));

    private static async Task<IResult> SetRules(NotificationRulesBody body, ClaimsPrincipal user, Notices notifications, CancellationToken cancellationToken)
    {
        if (Check(body) is { } invalid)
            return ProblemResult.Of(invalid);

        var rules = new NotificationRules
        {
            Owner = user.ToCaller().Owner,
            Events = body.Events,
            QuietFrom = Time(body.QuietFrom),
            QuietUntil = Time(body.QuietUntil),
            TimeZone = body.TimeZone ?? "UTC",
            DigestAfter = body.DigestAfter ?? NotificationRules.DefaultDigestAfter,
            MutedUntil = body.MutedUntil?.ToUniversalTime(),
        };
        await notifications.SetRulesAsync(rules, cancellationToken);
        return TypedResults.Ok(NotificationRulesBody.From(rules));
    }

    private static async Task<IResult> Contacts(ClaimsPrincipal user, Conversations conversations, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ContactListResponse([.. (await conversations.ContactsAsync(user.ToCaller(), cancellationToken)).Select(ContactResponse.From)]));

    private static async Task<IResult> History(string number, int? limit, Guid? cursor, ClaimsPrincipal user, Conversations conversations, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var page = rules.Limit(limit);
        if (rules.Problem is { } problem)
            return ProblemResult.Of(problem);

        return PhoneNumbers.Parse(number) is { } parsed && await conversations.HistoryAsync(parsed, cursor, page, user.ToCaller(), cancellationToken) is { } messages
            ? TypedResults.Ok(ConversationResponse.From(messages, page))
            : ProblemResult.Of(new Refusal.NotFound("contact_not_found", "There is no contact by that number. Write it as +491701234567."));
    }

    private static Refusal.Invalid? Check(NotificationRulesBody body)
    {
        var errors = new Dictionary<string, string[]>();
        if (body.Events?.Any(what => !EnumText.TryParse<OwnerEvent>(what, out _)) == true)
            errors["events"] = [$"events may hold {string.Join(", ", Enum.GetValues<OwnerEvent>().Select(EnumText.ToLower))}; leave it out for all."];
        if ((body.QuietFrom is null) != (body.QuietUntil is null) || (body.QuietFrom is not null && (Time(body.QuietFrom) is null || Time(body.QuietUntil) is null)))
            errors["quiet_from"] = ["quiet_from and quiet_until are times of day as HH:MM, both or none."];
        if (body.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            errors["time_zone"] = ["time_zone must be a name such as Europe/Berlin."];
        if (body.DigestAfter is < 1 or > MostInMinute)
            errors["digest_after"] = [$"digest_after must lie between 1 and {MostInMinute}."];

        return errors.Count == 0 ? null : new Refusal.Invalid(errors);
    }

    private static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
