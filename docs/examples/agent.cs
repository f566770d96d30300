// Serves one agent: AUTH_TOKEN=… dotnet run agent.cs http://127.0.0.1:18789 NAME
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

var (address, agent) = (new UriBuilder(args[0]), args[1]);
address.Scheme = address.Scheme == "https" ? "wss" : "ws";
var turns = new Dictionary<string, CancellationTokenSource>();

// A connection that ends is made anew; a turn that is not answered comes again, under its id.
for (; ; await Task.Delay(1000))
{
    try
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address.Uri, default);
        await ServeAsync(socket);
    }
    catch (WebSocketException exception)
    {
        Console.Error.WriteLine(exception.Message);
    }
}

async Task ServeAsync(ClientWebSocket socket)
{
    using var sending = new SemaphoreSlim(1);
    while (await ReceiveAsync(socket) is { } frame)
    {
        switch ((string?)frame["event"] ?? (string?)frame["id"])
        {
            case "connect.challenge":
                await SendAsync("connect", new()
                {
                    ["minProtocol"] = 3,
                    ["maxProtocol"] = 4,
                    ["client"] = new JsonObject { ["id"] = "gateway-client", ["version"] = "1.0.0", ["platform"] = "linux", ["mode"] = "backend" },
                    ["scopes"] = new JsonArray("operator.runtime"),
                    ["auth"] = new JsonObject { ["token"] = Environment.GetEnvironmentVariable("AUTH_TOKEN") },
                });
                break;
            case "connect":
                await SendAsync("runtime.serve", new() { ["agentId"] = agent });
                break;
            case "runtime.serve":
                Console.WriteLine((bool)frame["ok"]! ? $"serving {agent}" : frame["error"]!.ToJsonString());
                break;
            case "runtime.turn":
                var turn = frame["payload"]!;
                _ = AnswerAsync((string)turn["turnId"]!, (string)turn["message"]!);
                break;
            case "runtime.cancel" when turns.TryGetValue((string)frame["payload"]!["turnId"]!, out var stop):
                stop.Cancel();
                break;
        }
    }

    async Task AnswerAsync(string turnId, string message)
    {
        using var stop = turns[turnId] = new CancellationTokenSource();
        try
        {
            var text = new StringBuilder();
            foreach (var piece in Pieces(message))
            {
                await SendAsync("runtime.progress", new() { ["turnId"] = turnId, ["text"] = piece });
                text.Append(piece);
                await Task.Delay(200, stop.Token);
            }

            await SendAsync("runtime.reply", new() { ["turnId"] = turnId, ["text"] = text.ToString() });
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"stopped: {message}");
        }
        finally
        {
            turns.Remove(turnId);
        }
    }

    async Task SendAsync(string method, JsonObject parameters)
    {
        var request = new JsonObject { ["type"] = "req", ["id"] = method, ["method"] = method, ["params"] = parameters };
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, default);
        }
        finally
        {
            sending.Release();
        }
    }
}

// Where a model would think: it counts, it calculates, or it repeats what it was told.
static IEnumerable<string> Pieces(string message) =>
    Regex.Match(message, @"^count to (\d{1,4})$") is { Success: true } count ? Enumerable.Range(1, int.Parse(count.Groups[1].Value)).Select(number => $"{number} ")
    : Regex.Match(message, @"^what is (\d{1,9}) \* (\d{1,9})\?$") is { Success: true } sum ? ["It is ", Multiply(sum.Groups[1].Value, sum.Groups[2].Value), "."]
    : ["You said: ", message];

// A tool.
static string Multiply(string one, string other) => (long.Parse(one) * long.Parse(other)).ToString();

static async Task<JsonNode?> ReceiveAsync(ClientWebSocket socket)
{
    using var frame = new MemoryStream();
    var buffer = new byte[16384];
    while (true)
    {
        var part = await socket.ReceiveAsync(buffer, default);
        if (part.MessageType == WebSocketMessageType.Close)
        {
            Console.Error.WriteLine($"closed: {socket.CloseStatusDescription}");
            return null;
        }

        frame.Write(buffer, 0, part.Count);
        if (part.EndOfMessage)
        {
            return JsonNode.Parse(frame.ToArray());
        }
    }
}
