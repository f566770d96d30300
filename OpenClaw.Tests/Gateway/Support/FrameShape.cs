using System.Text.Json.Nodes;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>What frames look like, whatever they say: names and kinds of members, and which are not always there.</summary>
internal static class FrameShape
{
    /// <summary>The shape that fits all of them. A member that some lack ends in <c>?</c>.</summary>
    public static JsonNode Of(IEnumerable<JsonNode?> frames)
    {
        var all = frames.ToList();
        var kinds = all.Select(Kind).Distinct().Order(StringComparer.Ordinal).ToList();
        if (kinds.Count != 1)
        {
            return string.Join('|', kinds);
        }

        return kinds[0] switch
        {
            "object" => OfObjects([.. all.Select(frame => frame!.AsObject())]),
            "array" => all.SelectMany(frame => frame!.AsArray()).ToList() is { Count: > 0 } items ? new JsonArray(Of(items)) : new JsonArray(),
            var kind => kind,
        };
    }

    private static JsonObject OfObjects(List<JsonObject> objects) => new(
        objects.SelectMany(one => one.Select(member => member.Key)).Distinct().Order(StringComparer.Ordinal).Select(name =>
        {
            var having = objects.Where(one => one.ContainsKey(name)).ToList();
            return KeyValuePair.Create(having.Count == objects.Count ? name : name + "?", (JsonNode?)Of(having.Select(one => one[name])));
        }));

    private static string Kind(JsonNode? node) => node is null ? "null" : node.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
