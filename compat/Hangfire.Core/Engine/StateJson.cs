using System.Text.Json;

namespace Hangfire.Engine;

/// <summary>State data as jsonb takes it. PostgreSQL has no place for U+0000 in text, so it is dropped rather than failing the job.</summary>
internal static class StateJson
{
    public static string Serialize(Dictionary<string, string> data)
    {
        var json = JsonSerializer.Serialize(data);
        return json.Contains(@"\u0000", StringComparison.Ordinal)
            ? JsonSerializer.Serialize(data.ToDictionary(e => e.Key, e => e.Value.Replace("\0", "", StringComparison.Ordinal)))
            : json;
    }

    public static Dictionary<string, string> Deserialize(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
