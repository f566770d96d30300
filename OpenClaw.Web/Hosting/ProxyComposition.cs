using Microsoft.AspNetCore.HttpOverrides;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Hosting;

/// <summary>
/// Before everything else: the scheme, host, client address and sub-path of a request are what the proxy says they are, if
/// the proxy is one of TRUSTED_PROXIES.
/// </summary>
internal sealed partial class ProxyComposition(RequestDelegate next, OpenClawOptions options, ILogger<ProxyComposition> logger)
{
    private const string For = "X-Forwarded-For";
    private const string Proto = "X-Forwarded-Proto";
    private const string Prefix = "X-Forwarded-Prefix";

    // A sub-path that is named as something of ours cannot be told from it: only the proxy can take that off.
    private static readonly string[] OwnNames =
    [
        "api", "assets", "dashboard", "hangfire", "health", "healthz", "hooks", "login", "logout", "mcp", "messages", "metrics", "openapi", "readyz", "v1", "webhooks", "workflows", "ws",
    ];

    private static readonly object PeerKey = new();

    private readonly PathString _publicPath = new(options.PublicBaseUrl?.AbsolutePath);

    private int _warned;

    public static void Use(WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<OpenClawOptions>().TrustedProxies;
        var headers = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix,

            // As far as the chain of proxies is trusted.
            ForwardLimit = null,
        };
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in trusted.Networks)
        {
            headers.KnownIPNetworks.Add(network);
        }

        app.Use((context, following) =>
        {
            // Afterwards the address is the client's.
            context.Items[PeerKey] = Peer.Of(context, trusted);
            return following(context);
        });
        if (trusted.Networks.Count > 0)
        {
            app.UseForwardedHeaders(headers);
        }

        app.UseMiddleware<ProxyComposition>();
    }

    /// <summary>Whether a path of ours begins with it.</summary>
    internal static bool IsOwnName(string name) => OwnNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var peer = (Peer)context.Items[PeerKey]!;
        if (!peer.IsTrusted && peer.Forwards && Interlocked.Exchange(ref _warned, 1) == 0)
        {
            LogNotTrusted(logger, peer.Address);
        }

        var request = context.Request;
        var path = (request.PathBase.HasValue ? request.PathBase : _publicPath).Value?.TrimEnd('/') ?? "";
        if (!IsSubPath(path))
        {
            return ProblemResult.Of(
                StatusCodes.Status400BadRequest, "bad_prefix", $"The proxy sends {Prefix}, but not as a path such as /claw: segments of letters, digits, dots, dashes, underscores and tildes.").ExecuteAsync(context);
        }

        TakeOff(request, path);
        var mustBeHttps = options.PublicBaseUrl?.Scheme == Uri.UriSchemeHttps;
        PublicAddress.Current = new PublicAddress(
            path, mustBeHttps || request.IsHttps, mustBeHttps && !request.IsHttps ? Explain(peer, options.PublicBaseUrl!) : null);
        return next(context);
    }

    /// <summary>Whether links and cookies can have it before their own path; empty is one.</summary>
    internal static bool IsSubPath(string path) =>
        path.Length == 0 || (path[0] == '/' && path[1..].Split('/').All(segment => segment is not ("" or "." or "..") && segment.All(IsPlain)));

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';

    // Some proxies pass the sub-path on, others take it off.
    private static void TakeOff(HttpRequest request, string path)
    {
        request.PathBase = path;
        if (path.Length > 0 && !IsOwnName(path.Split('/')[1]) && request.Path.StartsWithSegments(path, out var rest))
        {
            request.Path = rest.HasValue ? rest : new PathString("/");
        }
    }

    private static PlainHttp Explain(Peer peer, Uri publicUrl)
    {
        var home = publicUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return peer switch
        {
            { IsTrusted: false, Forwards: true } => new(
                $"The proxy at {peer.Address} is not believed, so this counts as plain http, and sessions are for https alone. Name it in TRUSTED_PROXIES and restart the service. We are at", home, MaySignIn: false),
            { IsTrusted: false } => new("This page came over plain http, and sessions are for https alone. Go to", home, MaySignIn: false),
            { SaysScheme: true } => new("The proxy says that you came by plain http, and sessions are for https alone. Go to", home, MaySignIn: false),
            { Forwards: true } => new(
                $"The proxy at {peer.Address} does not say whether you came by https, and sessions are for https alone. Have it send {Proto}. If you did not, go to", home, MaySignIn: true),
            _ => new(
                $"This page came over plain http, and sessions are for https alone. A proxy that speaks TLS has to send {Proto}. If your sign-in does not last, go to", home, MaySignIn: true),
        };
    }

    [LoggerMessage(EventId = 2031, Level = LogLevel.Warning, Message = "Requests come with X-Forwarded headers from {Address}, which TRUSTED_PROXIES does not name: they are ignored. This is told once.")]
    private static partial void LogNotTrusted(ILogger logger, string address);

    /// <summary>Who is at the other end of the connection.</summary>
    private sealed record Peer(string Address, bool IsTrusted, bool Forwards, bool SaysScheme)
    {
        public static Peer Of(HttpContext context, TrustedProxies trusted)
        {
            var (headers, address) = (context.Request.Headers, context.Connection.RemoteIpAddress);
            var saysScheme = headers.ContainsKey(Proto);
            return new Peer(
                $"{(address is null ? null : ClientNetwork.Plain(address))}", trusted.Contains(address),
                saysScheme || headers.ContainsKey(For) || headers.ContainsKey(Prefix) || headers.ContainsKey("Forwarded") || headers.ContainsKey("Via"), saysScheme);
        }
    }
}
