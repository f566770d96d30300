using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Monitoring.Auditing;

/// <summary>What was changed, for the audit log.</summary>
public static class AuditChange
{
    // Enough to know it again: what is long is kept where it belongs.
    private const int MaxText = 200;

    /// <summary>A JSON object that holds each member that differs as <c>[before, after]</c>; null when none does.</summary>
    public static string? Between<T>(T before, T after)
    {
        var (was, became) = (ToObject(before), ToObject(after));
        var changes = new JsonObject();
        foreach (var (name, value) in became)
        {
            if (!JsonNode.DeepEquals(was[name], value))
            {
                changes[name] = new JsonArray(Short(was[name]), Short(value));
            }
        }

        return changes.Count == 0 ? null : changes.ToJsonString();
    }

    private static JsonObject ToObject<T>(T value) => JsonSerializer.SerializeToNode(value, WorkflowJson.Options)!.AsObject();

    private static JsonNode? Short(JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        var text = value.ToJsonString();
        return text.Length <= MaxText ? value.DeepClone() : JsonValue.Create($"{ForeignText.Clean(text, MaxText)}… ({text.Length} characters)");
    }
}
