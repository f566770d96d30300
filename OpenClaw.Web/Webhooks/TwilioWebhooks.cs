using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Channels.WhatsApp.Inbound;
using OpenClaw.Jobs.Engine;
using OpenClaw.Web.Api.Problems;

namespace OpenClaw.Web.Webhooks;

/// <summary>What Twilio tells us: messages to our number, and what became of ours. Stored, and answered at once.</summary>
internal static partial class TwilioWebhooks
{
    private const string NoReply = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";
    private const int MaxError = 1_000;
    private const int MaxShown = 40;

    public static void MapTwilioWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter<TwilioSignature>();
        webhooks.MapPost(WebhookUrl.InboundPath, Inbound);
        webhooks.MapPost(WebhookUrl.StatusPath, Status);
    }

    private static async Task<IResult> Inbound(HttpRequest request, WhatsAppInbox inbox, WhatsAppOptions options, ILogger<WhatsAppInbox> logger)
    {
        var form = request.Form;
        if (WhyNotOurs(form, options.Account!) is { } why)
        {
            LogNotOurs(logger, why);
            return ProblemResult.Of(StatusCodes.Status403Forbidden, "not_for_us", why);
        }

        if (InboundForm.Read(form) is { } text)
        {
            // What Twilio hands over is stored even if it hangs up.
            await inbox.AcceptAsync(text, CancellationToken.None);
        }
        else
        {
            // Refused, it would come again as it is.
            LogUnreadable(logger, InboundForm.Sid(form) ?? "(without an id)", Kind(InboundForm.Field(form, "From", MaxShown)));
        }

        return TypedResults.Content(NoReply, "text/xml");
    }

    private static async Task<IResult> Status(HttpRequest request, WhatsAppStatuses statuses, IDbContextFactory<OpenClawDbContext> contexts)
    {
        var form = request.Form;
        if (InboundForm.Sid(form) is { } sid && TwilioSender.StateOf(form["MessageStatus"]) is { } state)
        {
            var code = int.TryParse(form["ErrorCode"], CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
            var error = InboundForm.Field(form, "ErrorMessage", MaxError) is { Length: > 0 } text ? text : code is null ? null : $"Twilio's error {code}.";
            var id = Guid.TryParse(request.Query["message"], out var ours) ? ours : (Guid?)null;
            using var transaction = AmbientTransaction.Begin();
            await using var db = await contexts.CreateDbContextAsync();
            await statuses.ApplyAsync(new StatusChange(id, sid, state, code, error), db, CancellationToken.None);
            await db.SaveChangesAsync();
            transaction.Complete();
        }

        return TypedResults.NoContent();
    }

    // An account signs for all of its numbers and channels: a text message's sender can be forged, and another number's
    // message is none of ours. What is left out by an older API is not held against a message.
    private static string? WhyNotOurs(IFormCollection form, TwilioAccount account)
    {
        var (from, to, sid) = (form["From"].ToString(), form["To"].ToString(), form["AccountSid"].ToString());
        return sid.Length > 0 && sid != account.Sid ? "The message is of another account than TWILIO_ACCOUNT_SID."
            : !PhoneNumbers.IsOfWhatsApp(from) ? "The message does not come from WhatsApp. Set this address as webhook of the WhatsApp sender alone."
            : to.Length > 0 && !(PhoneNumbers.IsOfWhatsApp(to) && PhoneNumbers.Parse(to) is { } number && PhoneNumbers.SubscriberOf(number) == PhoneNumbers.SubscriberOf(account.From))
                ? "The message is to another number than TWILIO_WHATSAPP_FROM."
                : null;
    }

    // How the sender is written, without who it is.
    private static string Kind(string address) => string.Concat(address.Select(letter => char.IsAsciiDigit(letter) ? '0' : char.IsControl(letter) ? ' ' : letter));

    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning, Message = "A message that Twilio handed on was refused. {Reason}")]
    private static partial void LogNotOurs(ILogger logger, string reason);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Warning, Message = "Message {Sid} was not taken: its sender, written like {Sender}, can neither be named nor answered.")]
    private static partial void LogUnreadable(ILogger logger, string sid, string sender);
}
