using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenClaw.Web.Dashboard.Parts;

/// <summary>JSON as people read it.</summary>
public static class PrettyJson
{
    // It is encoded once more where it is put into a page.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonElement json) => JsonSerializer.Serialize(json, Indented);

    public static string Write(string json) => Write(JsonSerializer.Deserialize<JsonElement>(json));
}
