using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Tests.Web.Support;

/// <summary>A reverse proxy that speaks TLS to the world and plain http to the service, as nginx, Caddy or Traefik stand before it.</summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    private static readonly string[] Hops = ["Connection", "Host", "Transfer-Encoding", "Upgrade", "Keep-Alive"];

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private TlsProxy(WebApplication app) => _app = app;

    /// <summary>Without the sub-path.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <param name="service">What is behind it.</param>
    /// <param name="prefix">The sub-path that it serves; empty for all.</param>
    /// <param name="strips">Whether it takes the sub-path off.</param>
    /// <param name="headers">What it tells the service.</param>
    public static async Task<TlsProxy> StartAsync(Uri service, string prefix, bool strips, params (string Name, string Value)[] headers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate())));
        var app = builder.Build();
        var proxy = new TlsProxy(app);
        app.Run(context => proxy.ForwardAsync(context, service, prefix, strips, headers));
        await app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, Uri service, string prefix, bool strips, (string Name, string Value)[] headers)
    {
        var rest = context.Request.Path;
        if (prefix.Length > 0 && !context.Request.Path.StartsWithSegments(prefix, out rest))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync($"outside of {prefix}");
            return;
        }

        var path = strips ? rest : context.Request.Path;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(service, (path.HasValue ? path.ToUriComponent() : "/") + context.Request.QueryString));
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => !Hops.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await _http.SendAsync(request, context.RequestAborted);
            await AnswerAsync(context, answer);
        }
        catch (OperationCanceledException)
        {
            // The browser has gone on, as it does with a stream.
        }
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !Hops.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }
}
