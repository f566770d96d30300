using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OpenClaw.Web.Api.Binding;

/// <summary>JSON columns as part of an answer.</summary>
internal static class RawJson
{
    [return: NotNullIfNotNull(nameof(json))]
    public static JsonElement? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
}
