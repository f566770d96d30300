using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;
using Twilio.Security;

namespace OpenClaw.Web.Webhooks;

/// <summary>
/// Lets through what Twilio has signed, before anything else is looked at: a forged request costs a hash, and no database.
/// The signature covers the address where the world reaches us, not the one behind the proxy.
/// </summary>
internal sealed class TwilioSignature(WhatsAppOptions options, StrangerPace pace) : IEndpointFilter
{
    private const string Header = "X-Twilio-Signature";
    private const int MaxBodyBytes = 65_536;

    private readonly RequestValidator? _validator = options.Account is { } account ? new RequestValidator(account.AuthToken) : null;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (_validator is null || options.PublicBaseUrl is not { } publicBaseUrl)
        {
            return ProblemResult.Of(StatusCodes.Status503ServiceUnavailable, "whatsapp_not_configured", "Webhooks need TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_WHATSAPP_FROM and PUBLIC_BASE_URL.");
        }

        // The SDK throws on an empty signature. JSON, which it could check too, is none of what we are sent.
        if (request.Headers[Header] is not [{ Length: > 0 } signature] || !IsForm(request))
        {
            return Forged(context.HttpContext);
        }

        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBodyBytes;
        }

        var form = await ReadAsync(request, context.HttpContext.RequestAborted);
        request.Form = form;
        var url = WebhookUrl.Of(publicBaseUrl, request.Path + request.QueryString.ToUriComponent()).AbsoluteUri;
        return _validator.Validate(url, form.ToDictionary(field => field.Key, field => string.Concat(field.Value.AsEnumerable())), signature)
            ? await next(context)
            : Forged(context.HttpContext);
    }

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    // The framework's reader refuses a form with a NUL in it, which Twilio would only send again; here it is cleaned like all the rest.
    private static async Task<FormCollection> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return new FormCollection(QueryHelpers.ParseQuery(await reader.ReadToEndAsync(cancellationToken)));
    }

    // Counted afterwards: what Twilio has signed is taken, however much else comes from where it comes from.
    private ProblemResult Forged(HttpContext context) => pace.Take(context.Connection.RemoteIpAddress) is var wait && wait > TimeSpan.Zero
        ? Challenge.TooManyStrangers(context, pace.PerMinute, wait)
        : ProblemResult.Of(StatusCodes.Status403Forbidden, "signature_invalid", "The request is not signed by Twilio for PUBLIC_BASE_URL.");
}
