using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>
/// A text with places to fill from a call: <c>{{messages[0].from}}</c> is of the body, <c>{{headers.x-event}}</c>,
/// <c>{{query.page}}</c> and <c>{{path}}</c> are of the request. What is not there is filled with nothing.
/// </summary>
internal sealed partial class HookTemplate(string text)
{
    // A place of the body, which is an object or a list, is as much of its JSON as a message may be.
    private const int MaxFilled = 100_000;
    private const int MaxResult = 200_000;

    /// <summary>The text for a call.</summary>
    public string Fill(string name, JsonElement body, HttpRequest request)
    {
        var filled = Places().Replace(text, place => ForeignText.Clean(Value(place.Groups["path"].Value.Trim(), name, body, request), MaxFilled));
        return ForeignText.Clean(filled, MaxResult);
    }

    private static string Value(string path, string name, JsonElement body, HttpRequest request)
    {
        if (path == "path")
        {
            return name;
        }

        if (path == "payload")
        {
            return TextOf(body);
        }

        if (path.StartsWith("headers.", StringComparison.Ordinal))
        {
            return request.Headers[path["headers.".Length..]].ToString();
        }

        if (path.StartsWith("query.", StringComparison.Ordinal))
        {
            return request.Query[path["query.".Length..]].ToString();
        }

        var found = body;
        foreach (var step in Steps().Matches(path.StartsWith("payload.", StringComparison.Ordinal) ? path["payload.".Length..] : path).Select(match => match.Value))
        {
            if (Step(found, step) is not { } next)
            {
                return "";
            }

            found = next;
        }

        return TextOf(found);
    }

    private static JsonElement? Step(JsonElement from, string step) => from.ValueKind switch
    {
        JsonValueKind.Object when from.TryGetProperty(step, out var member) => member,
        JsonValueKind.Array when int.TryParse(step, out var index) && index >= 0 && index < from.GetArrayLength() => from[index],
        _ => null,
    };

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };

    [GeneratedRegex(@"\{\{(?<path>[^{}]{1,200})\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Places();

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Steps();
}
