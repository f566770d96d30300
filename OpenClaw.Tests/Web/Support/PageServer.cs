using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenClaw.Bench;

namespace OpenClaw.Tests.Web.Support;

/// <summary>Serves an empty page on a port of its own: to a browser that is another origin than the service.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageServer(WebApplication app)
    {
        _app = app;
        Port = new Uri(app.Urls.Single()).Port;
    }

    public int Port { get; }

    public static async Task<PageServer> StartAsync()
    {
        var app = LocalServer.Build();
        app.MapFallback(() => Results.Content("<!doctype html><title>Somewhere else</title>", "text/html"));
        await app.StartAsync();
        return new PageServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
