using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>
/// <c>recorded-frames.json</c>: what OpenClaw's own command line says to a gateway, in order, and what the real gateway's answers
/// to that hold. An id that came from an earlier answer is written <c>{call:path}</c>, a time that was to come <c>{soon}</c>.
/// </summary>
/// <param name="Release">Of OpenClaw.</param>
/// <param name="Recorded">The day.</param>
/// <param name="Hellos">Connects, each with what its client is and asks for.</param>
/// <param name="Calls">Requests.</param>
internal sealed partial record RecordedFrames(string Release, string Recorded, IReadOnlyList<JsonObject> Hellos, IReadOnlyList<RecordedCall> Calls)
{
    public const string Soon = "{soon}";

    private static string Place => Repository.PathTo("OpenClaw.Tests/Gateway/recorded-frames.json");

    public static RecordedFrames Read()
    {
        var file = JsonNode.Parse(File.ReadAllText(Place))!;
        return new RecordedFrames(
            (string)file["openclaw"]!, (string)file["recorded"]!, [.. file["connects"]!.AsObject().Select(entry => entry.Value!.AsObject())],
            [.. file["calls"]!.AsObject().Select(entry => RecordedCall.Of(entry.Value!.AsObject()))]);
    }

    public void Save() => File.WriteAllText(Place, ProtocolRecord.Write(new JsonObject
    {
        ["openclaw"] = Release,
        ["recorded"] = Recorded,
        ["connects"] = new JsonObject(Hellos.Select((hello, index) => KeyValuePair.Create($"{index}", (JsonNode?)hello.DeepClone()))),
        ["calls"] = new JsonObject(Calls.Select((call, index) => KeyValuePair.Create($"{index}", (JsonNode?)call.ToJson()))),
    }));

    /// <summary>The request with ids of these answers in the place of those that were recorded.</summary>
    public static JsonNode? Fill(JsonNode? parameters, IReadOnlyList<JsonNode?> answers) => parameters is null ? null : JsonNode.Parse(Reference().Replace(
        parameters.ToJsonString().Replace(Soon, $"{TimeProvider.System.GetUtcNow().AddHours(1):O}", StringComparison.Ordinal), match => At(answers[int.Parse(match.Groups["call"].Value, null)], match.Groups["path"].Value) is JsonValue value ? $"{value}" : match.Value));

    private static JsonNode? At(JsonNode? node, string path) => path.Split('/').Aggregate(node, (at, name) => at switch
    {
        JsonObject members => members[name],
        JsonArray list => int.Parse(name, null) is var index && index < list.Count ? list[index] : null,
        _ => null,
    });

    [GeneratedRegex(@"\{(?<call>\d+):(?<path>[^{}""]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}

/// <summary>A request, and what was answered.</summary>
/// <param name="Method">The method.</param>
/// <param name="Params">As it was called.</param>
/// <param name="Code">Of the refusal; null when it was answered.</param>
/// <param name="Members">Of the answer.</param>
/// <param name="Ours">What is known to be different here: <c>refused</c>, or the members that ours lacks.</param>
internal sealed record RecordedCall(string Method, JsonNode? Params, string? Code, IReadOnlyList<string> Members, IReadOnlyList<string> Ours)
{
    public static RecordedCall Of(JsonObject entry) => new(
        (string)entry["method"]!, entry["params"]?.DeepClone(), (string?)entry["code"], Names(entry["members"]), Names(entry["ours"]));

    public JsonObject ToJson()
    {
        var entry = new JsonObject { ["method"] = Method };
        if (Params is not null)
        {
            entry["params"] = Params.DeepClone();
        }

        if (Code is not null)
        {
            entry["code"] = Code;
        }

        if (Members.Count > 0)
        {
            entry["members"] = new JsonArray([.. Members.Select(name => (JsonNode)name)]);
        }

        if (Ours.Count > 0)
        {
            entry["ours"] = new JsonArray([.. Ours.Select(name => (JsonNode)name)]);
        }

        return entry;
    }

    private static IReadOnlyList<string> Names(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(name => (string)name!)];
}
