using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace OpenClaw.Web.Hosting.Tls;

/// <summary>The port speaks https by itself, HTTP/1.1 and HTTP/2, where TLS_CERT and TLS_KEY are set.</summary>
internal static class TlsComposition
{
    // A year, in seconds: as long as browsers' lists ask for.
    private const string Hsts = "max-age=31536000";

    public static void AddTls(this WebApplicationBuilder builder, OpenClawOptions options)
    {
        if (options.Tls is { } files)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.Services.AddSingleton(files);
            builder.Services.AddSingleton<RenewedCertificate>();
        }
    }

    public static void SpeakTls(this ListenOptions listen, OpenClawOptions options)
    {
        if (options.Tls is null)
        {
            return;
        }

        var certificate = listen.ApplicationServices.GetRequiredService<RenewedCertificate>();

        // A port that others reach is not opened without one.
        _ = certificate.Current;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current.Context }),
        });
    }

    /// <summary>Browsers keep to https for this name from now on; on this machine the name is other programs' too.</summary>
    public static void UseStrictTransport(this WebApplication app, OpenClawOptions options)
    {
        if (options.Tls is null)
        {
            return;
        }

        app.Use((context, next) =>
        {
            if (context.Request.IsHttps && !IsHere(context.Request.Host.Host))
            {
                // At the last moment: an exception handler clears what was set before.
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.StrictTransportSecurity = Hsts;
                    return Task.CompletedTask;
                });
            }

            return next(context);
        });
    }

    private static bool IsHere(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _);
}
