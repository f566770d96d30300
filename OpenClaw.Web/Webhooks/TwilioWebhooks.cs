using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.WhatsApp;
using OpenClaw.Jobs.WhatsApp.Inbound;
using OpenClaw.Jobs.Workflows;

namespace OpenClaw.Web.Webhooks;

/// <summary>What Twilio tells us: messages to our number, and what became of ours. Stored, and answered at once.</summary>
internal static class TwilioWebhooks
{
    private const string NoReply = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";
    private const int MostMedia = 10;
    private const int MaxSidLength = 64;

    public static void MapTwilioWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter<TwilioSignature>();
        webhooks.MapPost(WebhookUrl.InboundPath, Inbound);
        webhooks.MapPost(WebhookUrl.StatusPath, Status);
    }

    private static async Task<IResult> Inbound(HttpRequest request, WhatsAppInbox inbox)
    {
        var form = request.Form;
        if (Sid(form) is { } sid && PhoneNumbers.Parse(form["From"]) is { } number)
        {
            // What Twilio hands over is stored even if it hangs up.
            await inbox.AcceptAsync(new InboundText(sid, number, form["ProfileName"], form["Body"].ToString(), Media(form)), CancellationToken.None);
        }

        return TypedResults.Content(NoReply, "text/xml");
    }

    private static async Task<IResult> Status(HttpRequest request, WhatsAppStatuses statuses, IDbContextFactory<OpenClawDbContext> contexts)
    {
        var form = request.Form;
        if (Sid(form) is { } sid && TwilioSender.StateOf(form["MessageStatus"]) is { } state)
        {
            var code = int.TryParse(form["ErrorCode"], CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
            var error = form["ErrorMessage"].ToString() is { Length: > 0 } text ? text : code is null ? null : $"Twilio's error {code}.";
            var id = Guid.TryParse(request.Query["message"], out var ours) ? ours : (Guid?)null;
            using var transaction = AmbientTransaction.Begin();
            await using var db = await contexts.CreateDbContextAsync();
            await statuses.ApplyAsync(new StatusChange(id, sid, state, code, error), db, CancellationToken.None);
            await db.SaveChangesAsync();
            transaction.Complete();
        }

        return TypedResults.NoContent();
    }

    private static string? Sid(IFormCollection form) => form["MessageSid"].ToString() is { Length: > 0 and <= MaxSidLength } sid ? sid : null;

    private static List<InboundMedia> Media(IFormCollection form)
    {
        var count = int.TryParse(form["NumMedia"], CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, MostMedia) : 0;
        return [.. Enumerable.Range(0, count).Select(i => new InboundMedia(form[$"MediaUrl{i}"].ToString(), form[$"MediaContentType{i}"].ToString()))];
    }
}
