using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using OpenClaw.Bench;

namespace OpenClaw.Tests.Upstream.Support;

/// <summary>A gateway that behaves as badly as its script says. The last part of the script serves all further connections.</summary>
internal sealed class ScriptedGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _over = new();
    private int _connections;

    private ScriptedGateway(WebApplication app) => _app = app;

    public Uri Address => new UriBuilder(_app.Urls.Single()) { Scheme = "ws" }.Uri;

    public int Connections => Volatile.Read(ref _connections);

    public static async Task<ScriptedGateway> StartAsync(params Func<ScriptedPeer, Task>[] script)
    {
        var app = LocalServer.Build();
        var gateway = new ScriptedGateway(app);
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var number = Interlocked.Increment(ref gateway._connections);
            try
            {
                await script[Math.Min(number, script.Length) - 1](new ScriptedPeer(socket, gateway._over.Token));
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
            {
                // The bridge went first, or the test is over.
            }
        });
        await app.StartAsync();
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _app.DisposeAsync();
        _over.Dispose();
    }
}

/// <summary>The gateway's end of one connection.</summary>
internal sealed class ScriptedPeer(WebSocket socket, CancellationToken over)
{
    public Task SayAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, over);

    /// <summary>The next request; null when the bridge closes.</summary>
    public async Task<JsonNode?> HearAsync()
    {
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), over);
        return received.MessageType is WebSocketMessageType.Close ? null : JsonNode.Parse(buffer.AsSpan(0, received.Count));
    }

    public Task AnswerAsync(JsonNode request, string payload) => SayAsync($$"""{"type":"res","id":"{{request["id"]}}","ok":true,"payload":{{payload}}}""");

    public Task RefuseAsync(JsonNode request, string error, string payload = "{}") =>
        SayAsync($$"""{"type":"res","id":"{{request["id"]}}","ok":false,"payload":{{payload}},"error":{{error}}}""");

    /// <summary>Lets the bridge in.</summary>
    public async Task WelcomeAsync(int tickMs = 30_000)
    {
        await SayAsync("""{"type":"event","event":"connect.challenge","payload":{"nonce":"n","ts":1}}""");
        await AnswerAsync((await HearAsync())!, $$$"""{"type":"hello-ok","protocol":4,"server":{"version":"test","connId":"c"},"policy":{"tickIntervalMs":{{{tickMs}}}}}""");
    }

    /// <summary>Answers each request as the function says, until the bridge closes.</summary>
    public async Task ServeAsync(Func<JsonNode, Task> answer)
    {
        while (await HearAsync() is { } request)
        {
            await answer(request);
        }
    }

    public Task CloseAsync(int status, string reason) => socket.CloseOutputAsync((WebSocketCloseStatus)status, reason, over);

    /// <summary>Says nothing for as long as the test lasts.</summary>
    public Task HangAsync() => Task.Delay(Timeout.Infinite, over);
}
