using System.Net.Http.Json;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>Which gateway a client is pointed at.</summary>
public enum Side
{
    Ours,
    Real,
}

/// <summary>A gateway for OpenClaw's own programs: ours or the real one, each with the same model behind it.</summary>
internal sealed class GatewaySide : IAsyncDisposable
{
    private readonly RunningService? _ours;
    private readonly RealGateway? _real;
    private readonly EchoModel _model;

    private GatewaySide(RunningService? ours, RealGateway? real, EchoModel model) => (_ours, _real, _model) = (ours, real, model);

    public string Url => _real?.Url ?? $"ws://127.0.0.1:{_ours!.Address.Port}";

    public string Token => _real is null ? RunningService.Token : RealGateway.Token;

    public static async Task<GatewaySide> StartAsync(Side side)
    {
        if (side is Side.Real)
        {
            var real = await RealGateway.StartAsync();
            return new GatewaySide(null, real, real.Model);
        }

        var port = FreePort.Find();
        var model = await EchoModel.StartAsync(port);
        var ours = await RunningService.StartAsync(settings: [("OPENAI_BASE_URL", $"http://127.0.0.1:{port}/v1"), ("OPENAI_API_KEY", "none")]);
        using var made = await ours.Api.PostAsJsonAsync("/api/v1/agents/provision", new { name = "Ada", model = "openai/echo-1", heartbeat = new { enabled = false } });
        made.EnsureSuccessStatusCode();
        return new GatewaySide(ours, null, model);
    }

    /// <summary>A folder for programs that are pointed at it.</summary>
    public ClientHome Home() => new(Url, Token);

    /// <summary>A client of the test's own.</summary>
    public Task<GatewayClient> TalkAsync() => _real?.TalkAsync() ?? GatewayClient.ConnectAsync(_ours!.Address);

    public async ValueTask DisposeAsync()
    {
        if (_real is not null)
        {
            await _real.DisposeAsync();
            return;
        }

        await _ours!.DisposeAsync();
        await _model.DisposeAsync();
    }
}
