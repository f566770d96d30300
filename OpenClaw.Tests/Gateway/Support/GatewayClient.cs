using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>A client of the gateway that hides nothing: what was received can be looked at, and anything can be sent.</summary>
internal sealed class GatewayClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentQueue<JsonNode> _received = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode>> _answers = new();
    private Task _receiving = Task.CompletedTask;
    private int _ids;

    /// <summary>Ends with the connection.</summary>
    public Task Ended => _receiving;

    public IEnumerable<JsonNode> Received => _received;

    public IEnumerable<JsonNode> Events(string name) => _received.Where(frame => (string?)frame["event"] == name);

    /// <summary>Called with each event as it comes.</summary>
    private Action<JsonNode>? Heard { get; init; }

    public (WebSocketCloseStatus? Status, string? Reason) Closed => (_socket.CloseStatus, _socket.CloseStatusDescription);

    /// <summary>The socket alone: nothing is sent.</summary>
    public static async Task<GatewayClient> OpenAsync(Uri address, string path = "/", Action<JsonNode>? heard = null, params (string Name, string Value)[] headers)
    {
        var client = new GatewayClient { Heard = heard };
        foreach (var (name, value) in headers)
        {
            client._socket.Options.SetRequestHeader(name, value);
        }

        await client._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = path }.Uri, default);
        client._receiving = client.ReceiveAsync();
        return client;
    }

    /// <summary>Opened and connected with every scope.</summary>
    public static async Task<GatewayClient> ConnectAsync(Uri address, string path = "/", params string[] scopes)
    {
        var client = await OpenAsync(address, path);
        var hello = await client.RequestAsync("connect", Connect(scopes.Length > 0 ? scopes : ["operator.admin"]));
        Assert.That((bool?)hello["ok"], Is.True, hello.ToJsonString());
        return client;
    }

    /// <summary>Opened and connected as an instance that has an inbox, which begins to arrive with the answer.</summary>
    /// <exception cref="InvalidOperationException">It was not let in.</exception>
    public static async Task<GatewayClient> ConnectAsAsync(Uri address, string instance, string scope = "operator.write", Action<JsonNode>? heard = null)
    {
        var client = await OpenAsync(address, heard: heard);
        var connect = Connect([scope]);
        connect["client"]!["instanceId"] = instance;
        var hello = await client.RequestAsync("connect", connect);
        return (bool)hello["ok"]! ? client : throw new InvalidOperationException(hello.ToJsonString());
    }

    public static JsonObject Connect(string[] scopes, string? token = RunningService.Token, int min = 3, int max = 4) => new()
    {
        ["minProtocol"] = min,
        ["maxProtocol"] = max,
        ["client"] = new JsonObject { ["id"] = "test", ["version"] = "1.0.0", ["platform"] = "linux", ["mode"] = "test" },
        ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
        ["auth"] = token is null ? [] : new JsonObject { ["token"] = token },
    };

    /// <summary>Sends a request and returns its last answer: the second one of <c>agent</c>.</summary>
    public async Task<JsonNode> RequestAsync(string method, JsonNode? parameters = null)
    {
        var id = $"r{Interlocked.Increment(ref _ids)}";
        var frame = new JsonObject { ["type"] = "req", ["id"] = id, ["method"] = method };
        if (parameters is not null)
        {
            frame["params"] = parameters.DeepClone();
        }

        await SendAsync(frame.ToJsonString());
        return await AnswerAsync(id);
    }

    /// <summary>The gateway's first word, when it has come.</summary>
    public Task<JsonNode> ChallengeAsync() => Eventually.That(() => _received.First()["payload"]!, Is.Not.Null, Patience);

    /// <summary>The payload of a request that must succeed.</summary>
    public async Task<JsonNode> CallAsync(string method, JsonNode? parameters = null)
    {
        var answer = await RequestAsync(method, parameters);
        Assert.That((bool?)answer["ok"], Is.True, $"{method}: {answer.ToJsonString()}");
        return answer["payload"]!;
    }

    /// <summary>The last answer to a request.</summary>
    /// <exception cref="InvalidOperationException">The connection ended before it came.</exception>
    public async Task<JsonNode> AnswerAsync(string id)
    {
        var answer = AnswerTo(id).Task;
        if (await Task.WhenAny(answer, _receiving).WaitAsync(Patience) != answer && !answer.IsCompleted)
        {
            throw new InvalidOperationException($"The connection ended before {id} was answered: {Closed}");
        }

        return await answer;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type, bool end = true) => _socket.SendAsync(bytes, type, end, default);

    /// <summary>Waits until the gateway closes, and tells how.</summary>
    public async Task<(int Code, string Reason)> CloseAsync()
    {
        await Eventually.That(() => _socket.State is not WebSocketState.Open, Is.True, Patience);
        return ((int?)_socket.CloseStatus ?? 0, _socket.CloseStatusDescription ?? "");
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _receiving;
        _socket.Dispose();
        _gone.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var buffer = new byte[64 * 1024];
            using var message = new MemoryStream();
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), _gone.Token);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _gone.Token);
                    return;
                }

                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                {
                    continue;
                }

                var frame = JsonNode.Parse(message.ToArray(), documentOptions: new() { MaxDepth = 128 })!;
                message.SetLength(0);
                _received.Enqueue(frame);
                if (frame["event"] is not null)
                {
                    Heard?.Invoke(frame);
                }
                else if ((string?)(frame["payload"] as JsonObject)?["status"] != "accepted")
                {
                    AnswerTo((string)frame["id"]!).TrySetResult(frame);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The test looks at what had come.
        }
    }

    private TaskCompletionSource<JsonNode> AnswerTo(string id) => _answers.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
