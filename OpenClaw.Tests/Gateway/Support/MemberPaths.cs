using System.Text.Json.Nodes;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>Which members a JSON answer has, whatever they say: <c>a.b</c>, and of lists <c>a[].b</c>.</summary>
internal static class MemberPaths
{
    private const int Depth = 5;

    public static IReadOnlyList<string> Of(JsonNode? node)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        Walk(node, "", Depth, paths);
        return [.. paths];
    }

    private static void Walk(JsonNode? node, string path, int depth, SortedSet<string> paths)
    {
        if (depth == 0)
        {
            return;
        }

        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Walk(item, path + "[]", depth, paths);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                // What is named after an agent, a session or a day is not a member's name.
                var place = $"{path}{(path.Length == 0 ? "" : ".")}{(IsName(name) ? name : "*")}";
                paths.Add(place);
                Walk(value, place, depth - 1, paths);
            }
        }
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 40 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_');
}
