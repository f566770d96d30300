using System.Globalization;
using System.Text;

namespace OpenClaw.Bench.Fuzz;

/// <summary>JSON as nobody should send it: right in most of its parts, so that it comes far, and wrong in some. Not for two threads.</summary>
internal sealed class HostileJson(Random random, IReadOnlyList<string> agents)
{
    /// <summary>Names of fields that some door looks for.</summary>
    private static readonly string[] Names =
    [
        "message", "sessionKey", "key", "agentId", "idempotencyKey", "label", "text", "turnId", "error", "usage", "id", "ids", "to", "from", "content", "metadata", "ttlSeconds", "limit", "before", "after",
        "name", "schedule", "payload", "client", "scopes", "auth", "minProtocol", "maxProtocol", "role", "patch", "search", "reason", "workflowUuid", "checkpoint", "runId", "timeoutMs", "device",
        "publicKey", "signature", "signedAt", "nonce", "token", "deviceToken", "caps", "commands", "permissions", "nodeId", "command", "params", "payloadJSON", "skills", "tools", "requestId", "deviceId",
        "displayName", "ok", "model", "thinking", "sessionId", "attachments", "extraSystemPrompt", "enabled", "every", "persona", "cursor", "offset", "days", "file", "path", "emoji", "theme", "avatar",
        "workspace", "deliver", "channel", "provider", "mode", "jobId", "job", "deleteTranscript", "includeDerivedTitles", "includeLastMessage", "activeMinutes", "maxChars", "instructions", "status",
    ];

    private static readonly string[] Texts =
    [
        "", " ", "main", "agent:main:main", "agent:", "agent::", "agent:a:", "client:x", "owner:admin", "node", "operator", "operator.pairing", "whatsapp:dm:+491701234567",
        "0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f", "half \\ud83d", "\\ude00", "NUL \\u0000", "\\u001b[31m", "line\\nline", "\\ud83d\\ude00", "operator.read", "cli", "every", "1", "1m", "-1d", "9999999999d",
        "heartbeat:main", "%", "'; DROP TABLE agents; --", "../../etc/passwd", "data:image/png;base64,%", "http://127.0.0.1:1/", "local/echo", "openai/x", "session/x", "nobody/knows", "*/5 * * * *",
        "2026-02-30T25:61:61Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "Europe/Berlin", "\\u202e", "true", "null",
    ];

    private static readonly string[] Numbers =
        ["0", "-1", "1", "2", "3", "4", "100", "1.5", "1e9", "1e400", "-1e400", "1e131000", "9223372036854775808", "-9223372036854775809", "2147483648", "0.1e-400", "-0.0", "1e-7", "86400000", "99999999999999999999"];

    private static readonly string[] Words = ["true", "false", "null", "[]", "{}", "[[]]", "[null]", "{\"\":0}"];

    private int _count;

    public Random Random => random;

    public T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    public bool Chance(double share) => random.NextDouble() < share;

    public string Name() => Chance(0.97) ? Pick(Names) : Pick(["\\ud800", "\\u0000", "surprise", new string('n', 2_000)]);

    /// <summary>What may well be right for a field of that name.</summary>
    public string Right(string name) => name switch
    {
        "agentId" or "agent" or "agent_id" => Quoted(agents.Count == 0 ? "main" : Pick(agents)),
        "sessionKey" or "key" => Quoted(Pick(["main", "agent:fuzz-1:main", "agent:fuzz-2:x", "fuzz"])),
        "message" or "text" or "content" or "reason" or "persona" => Quoted(Pick(["hello", "what is there?", "list agents", "/status"])),
        "idempotencyKey" or "id" or "requestId" => Quoted($"k{random.Next()}-{_count++}"),
        "to" => Quoted(Pick(["client:fuzz", "agent:fuzz-1", "owner:admin"])),
        "name" or "label" or "displayName" => Quoted($"fuzz-{random.Next(40)}"),
        "model" => Quoted(Pick(["local/echo", "local/echo", "nobody/knows", "session/x"])),
        "limit" or "days" or "maxChars" or "activeMinutes" or "offset" => $"{random.Next(1, 200)}",
        "timeoutMs" or "timeout" => $"{random.Next(1, 200)}",
        "ids" => $"[{Quoted($"{Guid.NewGuid()}")}]",
        "metadata" or "configuration" or "patch" => """{"a":{"b":[1,"two",null]}}""",
        "enabled" or "deliver" => "true",
        _ => Value(2),
    };

    /// <summary>Anything.</summary>
    public string Value(int depth) => (depth == 0 ? random.Next(7) : random.Next(10)) switch
    {
        < 4 => Quoted(Pick(Texts)),
        4 => Pick(Numbers),
        5 => Pick(Words),
        6 => Chance(0.05) ? Quoted(new string((char)random.Next('a', 'z'), random.Next(300, 100_000))) : Chance(0.05) ? new string('9', random.Next(100, 20_000)) : $"{random.NextInt64().ToString(CultureInfo.InvariantCulture)}",
        7 => $"[{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => Value(depth - 1)))}]",
        8 => Object([], depth - 1),
        _ => Deep(random.Next(1, 70)),
    };

    /// <summary>An object with these fields, mostly, and with others.</summary>
    public string Object(IReadOnlyCollection<string> fields, int depth, Func<string, bool>? isRefused = null)
    {
        var members = fields.Where(_ => Chance(0.96)).Select(name => (Name: name, Value: Chance(0.75) ? Right(name) : Value(depth))).ToList();
        for (var more = random.Next(fields.Count == 0 ? 5 : 3); more > 0; more--)
        {
            var name = Name();
            if (isRefused?.Invoke(name) is not true || Chance(0.03))
            {
                members.Add((name, Chance(0.5) ? Right(name) : Value(depth)));
            }
        }

        return $"{{{string.Join(',', members.Select(member => $"\"{member.Name}\":{member.Value}"))}}}";
    }

    /// <summary>Nested so deep, in lists or objects.</summary>
    public string Deep(int levels) => Chance(0.5)
        ? new string('[', levels) + new string(']', levels)
        : string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);

    /// <summary>What was JSON before some of it was changed, cut off, or repeated; or never was.</summary>
    public byte[] Broken(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        switch (random.Next(6))
        {
            case 0:
                return bytes[..random.Next(bytes.Length + 1)];
            case 1:
                return [.. bytes, .. bytes];
            case 2:
                random.NextBytes(bytes);
                return bytes;
            case 3:
                return Encoding.UTF8.GetBytes(Chance(0.5) ? new string('[', random.Next(60_000)) : Deep(random.Next(65, 10_000)));
            default:
                for (var changes = random.Next(1, 6); changes > 0 && bytes.Length > 0; changes--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
        }
    }

    private static string Quoted(string text) => $"\"{text}\"";
}
