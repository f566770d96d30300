using System.Text;
using System.Text.Json;
using Hangfire.Storage;

namespace Hangfire.PostgreSql;

internal static class InvocationJson
{
    public static string Serialize(InvocationData data)
    {
        using var stream = new MemoryStream(256);
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("Type", data.Type);
            writer.WriteString("Method", data.Method);
            writer.WriteString("Arguments", data.Arguments);
            writer.WriteString("ParameterTypes", data.ParameterTypes);
            if (data.Queue is not null)
                writer.WriteString("Queue", data.Queue);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <param name="json">The column invocationdata.</param>
    /// <param name="arguments">The column arguments, which counts.</param>
    public static InvocationData Deserialize(string json, string? arguments)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new InvocationData(
            Read(root, "Type") ?? "", Read(root, "Method") ?? "", Read(root, "ParameterTypes"), arguments ?? Read(root, "Arguments"), Read(root, "Queue"));
    }

    private static string? Read(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
