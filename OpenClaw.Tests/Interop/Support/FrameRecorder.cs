using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Gateway.Support;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>Makes of what was tapped a record that can be played to another gateway: each different request once, and no machine in it.</summary>
internal static partial class FrameRecorder
{
    private const int ShortestId = 12;

    /// <param name="before">What was recorded of other commands; what comes now follows it.</param>
    /// <param name="calls">What the clients said.</param>
    /// <param name="release">Of OpenClaw.</param>
    /// <param name="day">When they said it.</param>
    /// <param name="replacements">What stands for something that differs from machine to machine.</param>
    public static RecordedFrames Of(RecordedFrames? before, IReadOnlyList<TappedCall> calls, string release, string day, IReadOnlyList<(string From, string To)> replacements)
    {
        var hellos = before?.Hellos.ToList() ?? [];
        var recorded = before?.Calls.ToList() ?? [];
        var ids = new Dictionary<string, string>();
        var seen = hellos.Select(hello => hello.ToJsonString()).Concat(recorded.Select(call => $"{call.Method} {WithoutKey(call.Params?.ToJsonString())}")).ToHashSet();
        foreach (var call in calls)
        {
            var text = call.Params?.ToJsonString();
            foreach (var (from, to) in replacements)
            {
                text = text?.Replace(from, to, StringComparison.Ordinal);
            }

            text = text is null ? null : Once().Replace(text, $"\"at\":\"{RecordedFrames.Soon}\"");
            if (call.Method == "connect")
            {
                if (Hello(JsonNode.Parse(text!)!, call.Answer) is var hello && seen.Add(hello.ToJsonString()))
                {
                    hellos.Add(hello);
                }

                continue;
            }

            foreach (var (id, reference) in ids)
            {
                text = text?.Replace($"\"{id}\"", $"\"{reference}\"", StringComparison.Ordinal);
            }

            if (!seen.Add($"{call.Method} {WithoutKey(text)}"))
            {
                continue;
            }

            Keep(call.Answer["payload"], $"{recorded.Count}:payload", ids);
            recorded.Add(new RecordedCall(
                call.Method, text is null ? null : JsonNode.Parse(text), (bool)call.Answer["ok"]! ? null : (string?)call.Answer["error"]?["code"], MemberPaths.Of(call.Answer["payload"]), []));
        }

        return new RecordedFrames(release, day, hellos, recorded);
    }

    // A device's proof is good for one connection alone, and names of machines are nobody's business.
    private static JsonObject Hello(JsonNode connect, JsonNode answer)
    {
        var hello = new JsonObject { ["ok"] = (bool)answer["ok"]! };
        foreach (var name in new[] { "minProtocol", "maxProtocol", "role", "scopes", "caps" })
        {
            if (connect[name] is { } value)
            {
                hello[name] = value.DeepClone();
            }
        }

        hello["client"] = new JsonObject { ["id"] = (string?)connect["client"]?["id"], ["mode"] = (string?)connect["client"]?["mode"] };
        hello["members"] = new JsonArray([.. MemberPaths.Of(answer["payload"]).Where(path => path.Count(c => c == '.') < 2).Select(path => (JsonNode)path)]);
        return hello;
    }

    [GeneratedRegex("\"at\":\"\\d{4}-\\d\\d-\\d\\dT[^\"]*\"")]
    private static partial Regex Once();

    private static string? WithoutKey(string? text)
    {
        if (text is null || JsonNode.Parse(text) is not JsonObject members)
        {
            return text;
        }

        members.Remove("idempotencyKey");
        members.Remove("requestId");
        return members.ToJsonString();
    }

    private static void Keep(JsonNode? node, string path, Dictionary<string, string> ids)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.Where(member => !member.Key.Contains('/')))
            {
                Keep(value, $"{path}/{name}", ids);
            }
        }
        else if (node is JsonArray list)
        {
            for (var index = 0; index < list.Count; index++)
            {
                Keep(list[index], $"{path}/{index}", ids);
            }
        }
        else if (node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length >= ShortestId && text.Contains('-') && text.All(c => char.IsAsciiHexDigit(c) || c == '-'))
        {
            ids.TryAdd(text, $"{{{path}}}");
        }
    }
}
