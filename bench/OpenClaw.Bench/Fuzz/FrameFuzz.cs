using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenClaw.Bench.Fuzz;

/// <summary>Frames of every method of the gateway, mutated, by clients with all scopes, with some and with none, and before <c>connect</c>.</summary>
internal sealed partial class FrameFuzz(Uri address, IReadOnlyList<string> methods, IReadOnlyList<string> agents, string token, string key, Findings findings, int seed)
{
    private const int Batch = 40;

    // Methods that are about to wait are left alone: a connection that waits is left, and costs its five seconds.
    private static readonly string[] Waiting = ["agent.wait"];

    private readonly LearnedFields _fields = new();
    private readonly string[] _methods = [.. methods.Except(Waiting)];
    private int _left;
    private int _answers;
    private int _connections;

    /// <summary>What has come back.</summary>
    public int Answers => _answers;

    public int Connections => _connections;

    public async Task RunAsync(int frames)
    {
        _left = frames;
        (string Token, string[] Scopes)[] clients =
        [
            (token, ["operator.admin"]), (token, ["operator.admin", "operator.pairing"]), (token, ["operator.read", "operator.write"]),
            (token, ["operator.read"]), (token, []), (key, ["operator.write"]),
        ];
        await Task.WhenAll(clients.Select((client, lane) => Task.Run(() => LaneAsync(client.Token, client.Scopes, new HostileJson(new Random(seed + lane), agents)))));
    }

    private async Task LaneAsync(string token, string[] scopes, HostileJson json)
    {
        while (_left > 0)
        {
            for (var strangers = json.Random.Next(3); strangers > 0 && Interlocked.Decrement(ref _left) >= 0; strangers--)
            {
                await StrangerAsync(json);
            }

            await using var connection = await OpenAsync();
            if (!await connection.AskAsync("connect", "connect", FuzzConnection.Connect(token, scopes)))
            {
                findings.Add(FuzzRun.Deaf, "connect was not answered");
                Interlocked.Add(ref _left, -Batch);
                continue;
            }

            // Events come to who is there for long; who comes anew is told all of it anew.
            for (var batch = 0; batch < 50 && connection.IsOpen && _left > 0; batch++)
            {
                for (var frame = 0; frame < Batch && connection.IsOpen && Interlocked.Decrement(ref _left) >= 0; frame++)
                {
                    await SendAsync(connection, json);
                }

                if (!await connection.AskAsync($"after{batch}", "health", "{}"))
                {
                    break;
                }
            }

            Interlocked.Add(ref _answers, connection.Heard);
        }
    }

    // Whatever a stranger sends first: it is answered or not, and sent away.
    private async Task StrangerAsync(HostileJson json)
    {
        await using var connection = await OpenAsync();
        var connect = FuzzConnection.Connect("a-wrong-token-0123456789", ["operator.admin"]);
        var frame = json.Random.Next(4) switch
        {
            0 => Encoding.UTF8.GetBytes($$"""{"type":"req","id":"1","method":"connect","params":{{connect}}}"""),
            1 => json.Broken($$"""{"type":"req","id":"1","method":"connect","params":{{connect}}}"""),
            2 => Encoding.UTF8.GetBytes($$"""{"type":"req","id":"1","method":"connect","params":{{json.Object(["minProtocol", "maxProtocol", "client", "auth", "device", "scopes"], 3)}}}"""),
            _ => Encoding.UTF8.GetBytes(Request(json, out _)),
        };
        if (await connection.SendAsync(frame))
        {
            // And goes on after it.
            await connection.SendAsync(Encoding.UTF8.GetBytes(Request(json, out _)));
        }

        await connection.EndedAsync();
        if (connection.IsOpen && frame.Length > 2)
        {
            findings.Add(FuzzRun.Deaf, $"a stranger was not sent away within five seconds after {connection.Last}");
        }

        Interlocked.Add(ref _answers, connection.Heard);
    }

    private Task<bool> SendAsync(FuzzConnection connection, HostileJson json)
    {
        var request = Request(json, out _);
        var bytes = Encoding.UTF8.GetBytes(request);
        return json.Random.Next(100) switch
        {
            < 10 => connection.SendAsync(json.Broken(request)),
            < 13 => connection.SendAsync(bytes, WebSocketMessageType.Binary),
            < 20 => connection.SendAsync(bytes, pieces: json.Random.Next(2, 20)),
            < 21 => connection.SendAsync(Encoding.UTF8.GetBytes(json.Value(3))),
            _ => connection.SendAsync(bytes),
        };
    }

    private string Request(HostileJson json, out string method)
    {
        var name = method = json.Chance(0.97) ? json.Pick(_methods) : json.Pick(["", "no.such", "connect", "half \\ud83d", new string('m', 1_000)]);
        var type = json.Chance(0.98) ? "\"req\"" : json.Value(1);
        var id = json.Chance(0.96) ? $"\"{name}|{json.Random.Next()}\"" : json.Value(1);
        var given = json.Chance(0.95) ? json.Object(_fields.Wanted(name), 3, field => _fields.IsRefused(name, field)) : json.Value(3);
        var more = json.Chance(0.98) ? "" : $",\"{json.Name()}\":{json.Value(1)}";
        return $$"""{"type":{{type}},"id":{{id}},"method":"{{method}}","params":{{given}}{{more}}}""";
    }

    private Task<FuzzConnection> OpenAsync()
    {
        Interlocked.Increment(ref _connections);
        return FuzzConnection.OpenAsync(address, findings, Learn);
    }

    private void Learn(string answer)
    {
        if (Refusal().Match(answer) is { Success: true } refusal)
        {
            _fields.Learn(refusal.Groups["method"].Value, refusal.Groups["message"].Value);
        }
    }

    [GeneratedRegex("""^\{"id":"(?<method>[a-zA-Z.-]+)\|\d+","ok":false,"error":\{"code":"INVALID_REQUEST","message":"(?<message>[^"]*)""")]
    private static partial Regex Refusal();
}
