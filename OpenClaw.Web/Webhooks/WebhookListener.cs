using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Webhooks;

/// <summary>A port that has Twilio's webhooks and nothing else, for a tunnel or a proxy to the Internet (<c>WEBHOOK_PORT</c>).</summary>
internal static class WebhookListener
{
    private static readonly string[] Paths = [WebhookUrl.InboundPath, WebhookUrl.StatusPath];

    public static void ListenForWebhooks(this KestrelServerOptions kestrel, OpenClawOptions options)
    {
        if (options.WebhookPort is { } port)
        {
            kestrel.Listen(options.Host, port);
        }
    }

    /// <summary>Before everything that answers.</summary>
    public static void UseWebhookListener(this WebApplication app)
    {
        if (app.Services.GetRequiredService<OpenClawOptions>().WebhookPort is not { } port)
        {
            return;
        }

        app.Use((context, next) => context.Connection.LocalPort != port || Paths.Any(path => context.Request.Path.Equals(path, StringComparison.OrdinalIgnoreCase))
            ? next(context)
            : ProblemResult.Of(StatusCodes.Status404NotFound, "not_found", "There is nothing here.").ExecuteAsync(context));
    }
}
