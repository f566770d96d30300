using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OpenClaw.Bench.Fuzz;

/// <summary>A connection to the gateway on which anything is sent, and that looks at all that comes back.</summary>
internal sealed class FuzzConnection : IAsyncDisposable
{
    private const string Failed = "the log of the service says why";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _asked = new();
    private readonly Findings _findings;
    private readonly Action<string> _hear;
    private Task _receiving = Task.CompletedTask;

    private FuzzConnection(Findings findings, Action<string> hear) => (_findings, _hear) = (findings, hear);

    /// <summary>What was sent last, for an example.</summary>
    public string Last { get; private set; } = "";

    /// <summary>Answers and events.</summary>
    public int Heard { get; private set; }

    public bool IsOpen => _socket.State is WebSocketState.Open && !_receiving.IsCompleted;

    /// <summary>The socket alone: nothing is sent.</summary>
    public static async Task<FuzzConnection> OpenAsync(Uri address, Findings findings, Action<string> hear)
    {
        var connection = new FuzzConnection(findings, hear);
        await connection._socket.ConnectAsync(address, default);
        connection._receiving = connection.ReceiveAsync();
        return connection;
    }

    public static string Connect(string token, string[] scopes) => JsonSerializer.Serialize(new
    {
        minProtocol = 3,
        maxProtocol = 4,
        client = new { id = "test", version = "1.0.0", platform = "linux", mode = "test" },
        scopes,
        auth = new { token },
    });

    /// <summary>Sends a message, in one piece or in several. False when the connection is gone.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text, int pieces = 1)
    {
        Last = Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, 800)]);
        try
        {
            using var late = new CancellationTokenSource(Patience);
            var size = Math.Max(1, bytes.Length / pieces);
            while (bytes.Length > size)
            {
                await _socket.SendAsync(bytes[..size], type, endOfMessage: false, late.Token);
                bytes = bytes[size..];
            }

            await _socket.SendAsync(bytes, type, endOfMessage: true, late.Token);
            return true;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether a request that must be answered is, in time.</summary>
    public async Task<bool> AskAsync(string id, string method, string parameters)
    {
        var answered = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!await SendAsync(Encoding.UTF8.GetBytes($$"""{"type":"req","id":"{{id}}","method":"{{method}}","params":{{parameters}}}""")))
        {
            return false;
        }

        await Task.WhenAny(answered.Task, _receiving, Task.Delay(Patience));
        return answered.Task.IsCompleted;
    }

    /// <summary>Returns when the service has closed it, or has not in time.</summary>
    public Task EndedAsync() => Task.WhenAny(_receiving, Task.Delay(Patience));

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), default);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    Closed();
                    return;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Take(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));
                    message.SetLength(0);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It was left, or is gone.
        }
    }

    private void Closed()
    {
        var reason = _socket.CloseStatusDescription ?? "";
        _findings.Search(reason, "answers");
        if (_socket.CloseStatus is WebSocketCloseStatus.InternalServerError)
        {
            _findings.Add(FuzzRun.Failures, $"closed 1011 {reason} after {Last}");
        }
    }

    private void Take(string text)
    {
        Heard++;
        _findings.Search(text, "answers");
        if (text.Contains(Failed, StringComparison.Ordinal))
        {
            _findings.Add(FuzzRun.Failures, $"{text} after {Last}");
        }

        const string head = "{\"id\":\"";
        if (text.StartsWith(head, StringComparison.Ordinal) && text.IndexOf('"', head.Length) is > 0 and var end && _asked.TryRemove(text[head.Length..end], out var asked))
        {
            asked.TrySetResult();
        }

        _hear(text);
    }
}
