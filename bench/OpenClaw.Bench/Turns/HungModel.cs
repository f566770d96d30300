using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

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

    public Uri Address => new(_app.Urls.Single() + "/v1");

    public static async Task<HungModel> StartAsync()
    {
        var model = new HungModel(LocalServer.Build());
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
