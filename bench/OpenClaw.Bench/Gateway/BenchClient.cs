using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Gateway;

/// <summary>A client of the gateway that costs little: what it measures shares the cores with it.</summary>
internal sealed class BenchClient : IAsyncDisposable
{
    private static readonly string[] AllScopes = ["operator.admin"];

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Action<string, JsonElement> _hear = (_, _) => { };
    private Task _receiving = Task.CompletedTask;
    private int _ids;

    /// <summary>What it was told when it came in.</summary>
    public JsonElement Hello { get; private set; }

    /// <param name="address">Of the gateway.</param>
    /// <param name="instance">Whose inbox it reads.</param>
    /// <param name="hear">Called with each event's name and payload.</param>
    public static async Task<BenchClient> ConnectAsync(Uri address, string instance, Action<string, JsonElement> hear)
    {
        var client = new BenchClient { _hear = hear };
        await client._socket.ConnectAsync(address, default);
        client._receiving = client.ReceiveAsync();
        client.Hello = await client.AskAsync("connect", new
        {
            minProtocol = 4,
            maxProtocol = 4,
            client = new { id = "test", version = "1.0.0", platform = "linux", mode = "test", instanceId = instance },
            scopes = AllScopes,
            auth = new { token = BenchService.Token },
        });
        return client;
    }

    /// <summary>The payload of the last answer.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<JsonElement> AskAsync(string method, object parameters)
    {
        var id = $"{Interlocked.Increment(ref _ids)}";
        var answered = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var frame = JsonSerializer.SerializeToUtf8Bytes(new { type = "req", id, method, @params = parameters });
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, default);
        }
        finally
        {
            _sending.Release();
        }

        return await answered.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        try
        {
            while (true)
            {
                await _socket.ReceiveAsync(Memory<byte>.Empty, default);
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.GetMemory(1024), default);
                    buffer.Advance(part.Count);
                }
                while (!part.EndOfMessage);

                if (part.MessageType is WebSocketMessageType.Close)
                {
                    return;
                }

                using (var frame = JsonDocument.Parse(buffer.WrittenMemory))
                {
                    Take(frame.RootElement);
                }

                buffer.ResetWrittenCount();
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            foreach (var asked in _asked.Values)
            {
                asked.TrySetException(exception);
            }
        }
    }

    private void Take(JsonElement frame)
    {
        if (frame.TryGetProperty("event", out var name))
        {
            _hear(name.GetString()!, frame.TryGetProperty("payload", out var payload) ? payload : default);
            return;
        }

        // Of two answers the last one counts.
        var answer = frame.TryGetProperty("payload", out var found) ? found : default;
        if (answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty("status", out var status) && status.ValueEquals("accepted"))
        {
            return;
        }

        if (!_asked.TryRemove(frame.GetProperty("id").GetString()!, out var asked))
        {
            return;
        }

        if (frame.GetProperty("ok").GetBoolean())
        {
            asked.TrySetResult(answer.ValueKind is JsonValueKind.Undefined ? default : answer.Clone());
        }
        else
        {
            asked.TrySetException(new InvalidOperationException(frame.GetRawText()));
        }
    }
}
