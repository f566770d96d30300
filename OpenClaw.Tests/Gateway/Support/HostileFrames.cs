using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>Frames as nobody should send them: right in most of their parts, so that they come far, and wrong in some.</summary>
internal static class HostileFrames
{
    private static readonly string[] Names =
        ["message", "sessionKey", "key", "agentId", "idempotencyKey", "label", "text", "turnId", "error", "usage", "id", "ids", "to", "from", "content", "metadata", "ttlSeconds", "limit",
         "before", "name", "schedule", "payload", "client", "scopes", "auth", "minProtocol", "maxProtocol", "role", "patch", "search", "reason", "workflowUuid", "checkpoint", "runId", "timeoutMs",
         "device", "publicKey", "signature", "signedAt", "nonce", "token", "deviceToken", "caps", "commands", "permissions", "nodeId", "command", "params", "payloadJSON", "skills", "tools", "requestId", "deviceId", "displayName", "ok"];

    private static readonly string[] Texts =
        ["", "main", "agent:main:main", "agent:", "agent::", "agent:a:", "client:x", "owner:admin", "node", "operator", "operator.pairing", "whatsapp:dm:+491701234567", "0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f", "half \\ud83d", "\\ude00",
         "NUL \\u0000", "\\u001b[31m", "line\\nline", "\\ud83d\\ude00", "operator.read", "cli", "test", "every", "1", "heartbeat:", "heartbeat:main", "%", "'; DROP TABLE agents; --", new string('x', 300), new string('y', 3_000)];

    private static readonly string[] Numbers = ["0", "-1", "3", "4", "1.5", "1e9", "1e400", "-1e400", "1e131000", "9223372036854775808", "0.1e-400"];

    private static readonly Gen<string> Text = Gen.Elements(Texts).Select(text => $"\"{text}\"");

    private static readonly Gen<string> Value = Gen.Sized(size => ValueOf(Math.Min(size, 4)));

    private static readonly Gen<string> Name = Gen.Frequency((20, Gen.Elements(Names)), (1, Gen.Elements("\\ud800", "\\u0000", "surprise", new string('n', 2_000))));

    /// <summary>Parameters of a request.</summary>
    public static Gen<string> Params { get; } = Gen.Frequency((10, Object(Value)), (1, Value));

    /// <summary>A request of one of the methods.</summary>
    public static Gen<string> Request(IReadOnlyList<string> methods) =>
        from method in Gen.Frequency((20, Gen.Elements(methods.AsEnumerable())), (1, Gen.Elements("", "no.such", "half \\ud83d", new string('m', 1_000))))
        from type in Gen.Frequency((30, Gen.Constant("req")), (1, Gen.Elements("res", "\\ud83d", "")))
        from id in Gen.Frequency((30, Gen.Choose(1, 1_000_000).Select(number => $"\"f{number}\"")), (1, Gen.Elements("5", "null", "\"\"", "\"\\ud83d\"", $"\"{new string('i', 500)}\"", "\"\\u0000\"")))
        from more in Gen.Frequency((30, Gen.Constant("")), (1, Gen.Elements(",\"more\":1", ",\"\\udc00\":1", $",\"{new string('q', 3_000)}\":1")))
        from given in Params
        select $$"""{"type":"{{type}}","id":{{id}},"method":"{{method}}","params":{{given}}{{more}}}""";

    /// <summary>None to so many of something.</summary>
    public static Gen<IEnumerable<T>> Some<T>(Gen<T> one, int most) => Gen.Choose(0, most).SelectMany(count => one.ListOf(count).Select(list => list.AsEnumerable()));

    /// <summary>Bytes that were a frame before some of them were changed, cut off or repeated.</summary>
    public static Gen<byte[]> Broken(Gen<string> frames) =>
        from frame in frames
        from cut in Gen.Frequency((3, Gen.Constant(1.0)), (1, Gen.Choose(0, 99).Select(percent => percent / 100.0)))
        from changes in Gen.Choose(0, 255).Two().ListOf(2)
        select Change(Encoding.UTF8.GetBytes(frame), cut, changes);

    private static byte[] Change(byte[] bytes, double cut, IEnumerable<(int Place, int Value)> changes)
    {
        var kept = bytes[..(int)(bytes.Length * cut)];
        foreach (var (place, value) in changes.Where(change => change.Value < 64 && kept.Length > 0))
        {
            kept[place * 7919 % kept.Length] = (byte)(value * 4);
        }

        return kept;
    }

    private static Gen<string> ValueOf(int depth) => depth == 0
        ? Gen.OneOf(Text, Gen.Elements(Numbers), Gen.Elements("true", "false", "null"))
        : Gen.Frequency(
            (6, ValueOf(0)),
            (1, Object(ValueOf(depth - 1))),
            (1, Some(ValueOf(depth - 1), 4).Select(items => $"[{string.Join(',', items)}]")),
            (1, Gen.Constant(string.Concat(Enumerable.Repeat("{\"a\":", 50)) + "1" + new string('}', 50))));

    private static Gen<string> Object(Gen<string> value) => Some(Name.Zip(value).Select(member => $"\"{member.Item1}\":{member.Item2}"), 6)
        .Select(members => $"{{{string.Join(',', members)}}}");
}
