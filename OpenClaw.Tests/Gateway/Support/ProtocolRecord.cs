using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>
/// <c>protocol.json</c>: names of the official protocol, as <c>scripts/record-protocol</c> has read them from a release. One
/// line a method, so that what a release changes is a diff to read.
/// </summary>
internal static class ProtocolRecord
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string File => Repository.PathTo("OpenClaw.Tests/Gateway/protocol.json");

    public static JsonObject Read() => JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();

    /// <summary>With each member of the parts on a line of its own.</summary>
    public static string Write(JsonObject record)
    {
        var text = new StringBuilder("{\n");
        foreach (var (name, value) in record)
        {
            text.Append("  ").Append(JsonSerializer.Serialize(name, Plain)).Append(": ");
            if (value is JsonObject part)
            {
                text.Append("{\n").AppendJoin(",\n", part.Select(entry => $"    {JsonSerializer.Serialize(entry.Key, Plain)}: {entry.Value!.ToJsonString(Plain)}")).Append("\n  }");
            }
            else
            {
                text.Append(value!.ToJsonString(Plain));
            }

            text.Append(name == record.Last().Key ? "\n" : ",\n");
        }

        return text.Append("}\n").ToString();
    }
}
