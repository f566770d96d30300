using System.Net;
using Microsoft.Extensions.Primitives;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Health;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security;

/// <summary>
/// Answers only to names of ours, so that no page elsewhere whose name was made to lead here (DNS rebinding) counts as a page
/// of ours; and lets browsers connect to the gateway from our own pages and those in CORS_ORIGINS alone.
/// </summary>
internal static partial class HostGuard
{
    private const string Localhost = "localhost";

    // Probes tell strangers little, under whatever name.
    private const string OfProbe = "Nothing is answered under this name. If it is right, those who run the service add it to ALLOWED_HOSTS (unknown_host).";

    private static int _warned;

    /// <summary>Before everything that answers, after what a trusted proxy says of the host.</summary>
    public static void UseHostGuard(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<OpenClawOptions>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HostGuard));
        app.Use((context, next) =>
        {
            if (IsOurs(context.Request.Host.Host, options))
            {
                return next(context);
            }

            var host = ForeignText.Quote(context.Request.Host.Host);
            if (Interlocked.Exchange(ref _warned, 1) == 0)
            {
                LogUnknown(logger, host);
            }

            if (HealthEndpoints.IsProbe(context.Request))
            {
                return TypedResults.Json(new ReadinessResponse("refused", OfProbe), statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            }

            return ProblemResult.Of(
                StatusCodes.Status400BadRequest, "unknown_host", $"This service is not known by the name \"{host}\". If it is right, set ALLOWED_HOSTS to it, or PUBLIC_BASE_URL to the address.").ExecuteAsync(context);
        });
    }

    // An address is no name that somebody could have made to lead here. A request without a host is no browser's.
    internal static bool IsOurs(string host, OpenClawOptions options) => host.Length == 0
        || IPAddress.TryParse(host, out _)
        || Is(host, Localhost)
        || host.EndsWith("." + Localhost, StringComparison.OrdinalIgnoreCase)
        || Is(host, options.Host)
        || Is(host, Environment.MachineName)
        || (options.PublicBaseUrl is { } url && Is(host, url.IdnHost))
        || options.AllowedHosts.Any(allowed => allowed == "*" || Is(host, allowed) || (allowed.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a WebSocket is asked for by no page at all, or by one that may have it.</summary>
    public static bool IsPageOfOurs(HttpRequest request, OpenClawOptions options)
    {
        if (StringValues.IsNullOrEmpty(request.Headers.Origin))
        {
            return true;
        }

        return PageOrigin.Parse(request.Headers.Origin.ToString()) is { } origin
            && (options.CorsOrigins.Contains(origin) || new Uri(origin) is { } page && (IsThisHost(page, request.Host) || IsPublic(page, options.PublicBaseUrl) || IsBothHere(page, request)));
    }

    private static bool IsThisHost(Uri page, HostString host) => host.HasValue && Is(page.Authority, host.Value) || Is(page.IdnHost, host.Host) && page.IsDefaultPort && host.Port is null;

    private static bool IsPublic(Uri page, Uri? url) => url is not null && Is(page.IdnHost, url.IdnHost) && page.Port == url.Port && page.Scheme == url.Scheme;

    // As the real gateway has it: a page that this machine serves, seen on this machine.
    private static bool IsBothHere(Uri page, HttpRequest request) =>
        page.IsLoopback && request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private static bool Is(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(EventId = 2032, Level = LogLevel.Warning, Message = "Requests for the host {Host} are refused, because the service is not known by that name: ALLOWED_HOSTS names others. This is told once.")]
    private static partial void LogUnknown(ILogger logger, string host);
}
