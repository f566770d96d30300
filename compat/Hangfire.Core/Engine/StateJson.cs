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

    /// <summary>The same for plain text, where half a surrogate pair has no place either.</summary>
    public static string? Clean(string? text) => text is null || !text.Any(c => c == '\0' || char.IsSurrogate(c))
        ? text
        : string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0));

    public static Dictionary<string, string> Deserialize(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
