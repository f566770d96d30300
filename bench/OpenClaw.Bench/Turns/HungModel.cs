using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Bench.Turns;

/// <summary>An OpenAI-compatible endpoint that takes requests and never answers.</summary>
internal sealed class HungModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _waiting;

    private HungModel(WebApplication app)
    {
        _app = app;
        app.Run(HangAsync);
    }

    /// <summary>Requests that wait for an answer.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1");

    public static async Task<HungModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var model = new HungModel(builder.Build());
        await model._app.StartAsync();
        return model;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HangAsync(HttpContext context)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
