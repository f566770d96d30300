using System.Diagnostics;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Monitoring;

namespace OpenClaw.Web.Health;

/// <summary>Whether the OpenClaw gateway that <c>OPENCLAW_GATEWAY_URL</c> names can be reached from this node, and how soon it answers.</summary>
internal sealed class BridgeProbe : IHealthProbe, IDisposable
{
    private readonly Uri _gateway;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    /// <param name="gateway">Its WebSocket; it answers <c>/healthz</c> on the same port.</param>
    public BridgeProbe(Uri gateway)
    {
        _gateway = gateway;
        _http.BaseAddress = new UriBuilder(gateway) { Scheme = gateway.Scheme == "wss" ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, Path = "/", Query = "" }.Uri;
    }

    public string Name => "bridge";

    public bool IsOfNode => true;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await _http.GetAsync("healthz", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return answer.IsSuccessStatusCode
                ? HealthFinding.Of(seconds, 1, 5, "s", $"The OpenClaw gateway at {_gateway.Authority} answers within {seconds * 1000:0} ms.")
                : NotWell($"answers {(int)answer.StatusCode}");
        }
        catch (HttpRequestException exception)
        {
            return NotWell($"does not answer ({exception.Message})");
        }
    }

    public void Dispose() => _http.Dispose();

    private HealthFinding NotWell(string what) =>
        new(HealthStatus.Failed, $"The OpenClaw gateway at {_gateway.Authority} {what}. Start it, or correct OPENCLAW_GATEWAY_URL.");
}
