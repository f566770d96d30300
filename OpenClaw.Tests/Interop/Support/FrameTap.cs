using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenClaw.Bench;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>A request and the last answer to it.</summary>
internal sealed record TappedCall(string Method, JsonNode? Params, JsonNode Answer);

/// <summary>Stands between clients and a gateway, passes on what both say, and keeps it.</summary>
internal sealed class FrameTap : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Uri _gateway;
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<TappedCall> _calls = new();

    private FrameTap(WebApplication app, Uri gateway) => (_app, _gateway) = (app, gateway);

    /// <summary>In the order of the answers.</summary>
    public IReadOnlyList<TappedCall> Calls => [.. _calls];

    public static async Task<FrameTap> StartAsync(int port, Uri gateway)
    {
        var app = LocalServer.Build(port);
        var tap = new FrameTap(app, gateway);
        app.UseWebSockets();
        app.Run(context => context.WebSockets.IsWebSocketRequest ? tap.TalkAsync(context) : tap.FetchAsync(context));
        await app.StartAsync();
        return tap;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task FetchAsync(HttpContext context)
    {
        var target = new UriBuilder(_gateway) { Scheme = "http", Path = context.Request.Path, Query = context.Request.QueryString.Value }.Uri;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target);
        if (context.Request.Headers.Authorization is [{ } authorization])
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var answer = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task TalkAsync(HttpContext context)
    {
        using var there = new ClientWebSocket();
        await there.ConnectAsync(new UriBuilder(_gateway) { Path = context.Request.Path }.Uri, context.RequestAborted);
        using var here = await context.WebSockets.AcceptWebSocketAsync();
        var open = new ConcurrentDictionary<string, JsonNode>();
        await Task.WhenAll(
            PassOnAsync(here, there, frame => open[(string)frame["id"]!] = frame, "req", context.RequestAborted),
            PassOnAsync(there, here, frame => Answered(frame, open), "res", context.RequestAborted));
    }

    private void Answered(JsonNode frame, ConcurrentDictionary<string, JsonNode> open)
    {
        // The first answer of two only says that there will be another.
        if ((string?)(frame["payload"] as JsonObject)?["status"] != "accepted" && open.TryRemove((string)frame["id"]!, out var request))
        {
            _calls.Enqueue(new TappedCall((string)request["method"]!, request["params"]?.DeepClone(), frame));
        }
    }

    private static async Task PassOnAsync(WebSocket from, WebSocket to, Action<JsonNode> keep, string type, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        using var whole = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await from.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    await to.CloseOutputAsync(from.CloseStatus ?? WebSocketCloseStatus.NormalClosure, from.CloseStatusDescription, cancellationToken);
                    return;
                }

                whole.Write(buffer, 0, part.Count);
                await to.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, cancellationToken);
                if (!part.EndOfMessage)
                {
                    continue;
                }

                if (Frame(whole.ToArray()) is { } frame && (string?)frame["type"] == type)
                {
                    keep(frame);
                }

                whole.SetLength(0);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            to.Abort();
        }
    }

    private static JsonNode? Frame(byte[] text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
