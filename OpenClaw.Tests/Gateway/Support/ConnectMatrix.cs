using System.Text.Json.Nodes;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>Ways to come in, right and wrong. Each is tried at the real gateway, whose answers are kept, and at ours, which must give the same.</summary>
internal static class ConnectMatrix
{
    private static readonly string[] Read = ["operator.read"];
    private static readonly (string Id, string Mode) CommandLine = ("cli", "cli");

    private static readonly (string Name, Func<Attempt, Task> Try)[] Cases =
    [
        ("the token", attempt => attempt.ConnectAsync(With(attempt, CommandLine))),
        ("the token as password", attempt => attempt.ConnectAsync(With(attempt, CommandLine, auth: new JsonObject { ["password"] = attempt.Token }))),
        ("the token at /ws", attempt => attempt.ConnectAsync(With(attempt, CommandLine), path: "/ws")),
        ("a wrong token", attempt => attempt.ConnectAsync(With(attempt, CommandLine, auth: new JsonObject { ["token"] = "wrong" }))),
        ("a wrong token and a device", attempt => attempt.ConnectAsync(new TestDevice(), new JsonObject { ["token"] = "wrong" }, CommandLine)),
        ("a wrong password", attempt => attempt.ConnectAsync(With(attempt, CommandLine, auth: new JsonObject { ["password"] = "wrong" }))),
        ("neither token nor device", attempt => attempt.ConnectAsync(With(attempt, CommandLine, auth: []))),
        ("a device alone", attempt => attempt.ConnectAsync(new TestDevice(), [], CommandLine)),
        ("a device, proved as version 2", attempt => attempt.ConnectAsync(new TestDevice(), ByToken(attempt), CommandLine, version: 2)),
        ("a device, proved as version 3", attempt => attempt.ConnectAsync(new TestDevice(), ByToken(attempt), CommandLine)),
        ("a program of the host with a device", attempt => attempt.ConnectAsync(new TestDevice(), ByToken(attempt), ("gateway-client", "backend"))),
        ("a wrong nonce", attempt => attempt.ConnectAsync(new TestDevice(), ByToken(attempt), CommandLine, spoil: device => device["nonce"] = "another")),
        ("a wrong signature", attempt => attempt.ConnectAsync(new TestDevice(), ByToken(attempt), CommandLine, spoil: device => device["signature"] = new string('A', 86))),
        ("an old signature", attempt => attempt.ConnectAsync(new TestDevice(), ByToken(attempt), CommandLine, spoil: device => device["signedAt"] = (long)device["signedAt"]! - 600_000)),
        ("another device's id", attempt => attempt.ConnectAsync(new TestDevice(), ByToken(attempt), CommandLine, spoil: device => device["id"] = new string('0', 64))),
        ("a device's token that is none", attempt => attempt.ConnectAsync(new TestDevice(), new JsonObject { ["deviceToken"] = "none" }, CommandLine)),
        ("a setup code that is none", attempt => attempt.ConnectAsync(new TestDevice(), new JsonObject { ["bootstrapToken"] = "none" }, ("node-host", "node"), role: "node")),
        ("a node without a device", attempt => attempt.ConnectAsync(Edit(With(attempt, ("node-host", "node")), connect => connect["role"] = "node"))),
        ("a node with a device", attempt => attempt.ConnectAsync(new TestDevice(), ByToken(attempt), ("node-host", "node"), role: "node")),
        ("a page without an origin", attempt => attempt.ConnectAsync(With(attempt, ("openclaw-control-ui", "ui")))),
        ("versions 3 to 4", attempt => attempt.ConnectAsync(With(attempt, CommandLine, min: 3))),
        ("version 3 alone", attempt => attempt.ConnectAsync(With(attempt, CommandLine, min: 3, max: 3))),
        ("versions 5 to 6", attempt => attempt.ConnectAsync(With(attempt, CommandLine, min: 5, max: 6))),
        ("a probe of version 3", attempt => attempt.ConnectAsync(With(attempt, ("cli", "probe"), min: 3, max: 3))),
        ("an unknown client", attempt => attempt.ConnectAsync(With(attempt, ("stranger", "cli")))),
        ("an unknown mode", attempt => attempt.ConnectAsync(With(attempt, ("cli", "operator")))),
        ("an unknown role", attempt => attempt.ConnectAsync(Edit(With(attempt, CommandLine), connect => connect["role"] = "owner"))),
        ("a member too many", attempt => attempt.ConnectAsync(Edit(With(attempt, CommandLine), connect => connect["surprise"] = 1))),
        ("no client", attempt => attempt.ConnectAsync(Edit(With(attempt, CommandLine), connect => connect.Remove("client")))),
        ("no scopes", attempt => attempt.ConnectAsync(Edit(With(attempt, CommandLine), connect => connect.Remove("scopes")))),
        ("another method first", attempt => attempt.SendAsync("""{"type":"req","id":"1","method":"health"}""")),
        ("no JSON", attempt => attempt.SendAsync("hello?")),
        ("a frame without an id", attempt => attempt.SendAsync("""{"type":"connect"}""")),
        ("a frame of 70,000 bytes", attempt => attempt.SendAsync(new string(' ', 70_000))),
    ];

    /// <summary>What a gateway answers to each.</summary>
    public static async Task<JsonObject> TryAsync(Uri gateway, string token)
    {
        var outcomes = new JsonObject();
        foreach (var (name, attempt) in Cases)
        {
            await using var made = new Attempt(gateway, token);
            await attempt(made);
            outcomes[name] = await made.OutcomeAsync();
        }

        return outcomes;
    }

    private static JsonObject ByToken(Attempt attempt) => new() { ["token"] = attempt.Token };

    private static JsonObject With(Attempt attempt, (string Id, string Mode) client, JsonObject? auth = null, int min = 4, int max = 4)
    {
        var connect = GatewayClient.Connect(Read, attempt.Token, min, max);
        (connect["client"]!["id"], connect["client"]!["mode"]) = (client.Id, client.Mode);
        connect["role"] = TestDevice.Operator;
        connect["auth"] = auth ?? ByToken(attempt);
        return connect;
    }

    private static JsonObject Edit(JsonObject connect, Action<JsonObject> edit)
    {
        edit(connect);
        return connect;
    }

    /// <summary>One connection.</summary>
    private sealed class Attempt(Uri gateway, string token) : IAsyncDisposable
    {
        private GatewayClient? _client;
        private JsonNode? _answer;
        private bool _isClosing;

        public string Token => token;

        public async Task ConnectAsync(JsonObject connect, string path = "/")
        {
            _client = await GatewayClient.OpenAsync(gateway, path);
            _answer = await _client.RequestAsync("connect", connect);
            _isClosing = !(bool)_answer["ok"]!;
        }

        public async Task ConnectAsync(TestDevice device, JsonObject auth, (string Id, string Mode) client, string role = TestDevice.Operator, int version = 3, Action<JsonNode>? spoil = null)
        {
            _client = await GatewayClient.OpenAsync(gateway);
            var connect = device.Connect(await _client.ChallengeAsync(), auth, role, role == TestDevice.Operator ? Read : [], client, version);
            spoil?.Invoke(connect["device"]!);
            _answer = await _client.RequestAsync("connect", connect);
            _isClosing = !(bool)_answer["ok"]!;
        }

        public async Task SendAsync(string frame)
        {
            _client = await GatewayClient.OpenAsync(gateway);
            await _client.SendAsync(frame);
            _isClosing = true;
        }

        public async Task<JsonObject> OutcomeAsync()
        {
            var outcome = new JsonObject();
            if (_isClosing)
            {
                var (code, reason) = await _client!.CloseAsync();
                outcome["close"] = code;
                outcome["reason"] = Plain(reason);
            }

            _answer ??= _client!.Received.FirstOrDefault(frame => (string?)frame["type"] == "res");
            if (_answer?["error"] is { } error)
            {
                outcome["code"] = (string?)error["code"];
                outcome["message"] = Plain((string?)error["message"]);
                foreach (var name in new[] { "code", "authReason", "canRetryWithDeviceToken", "recommendedNextStep", "reason" })
                {
                    if (error["details"]?[name] is { } detail)
                    {
                        outcome[$"details.{name}"] = detail.DeepClone();
                    }
                }
            }

            if (_answer?["payload"] is JsonObject hello)
            {
                outcome["protocol"] = (int)hello["protocol"]!;
                outcome["method"] = (string?)hello["auth"]!["method"];
                outcome["role"] = (string?)hello["auth"]!["role"];
                outcome["scopes"] = hello["auth"]!["scopes"]!.DeepClone();
                outcome["deviceToken"] = hello["auth"]!["deviceToken"] is not null;
            }

            return outcome;
        }

        public ValueTask DisposeAsync() => _client?.DisposeAsync() ?? ValueTask.CompletedTask;

        // Without the id of a request, which is another one each time.
        private static string? Plain(string? text) => text?.IndexOf(" (requestId", StringComparison.Ordinal) is > 0 and var at ? text[..at] : text;
    }
}
