using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Jobs.Engine;

/// <summary>JSON as the ledger, the REST API and the tables hold it: snake_case, enums as lower-case text.</summary>
public static class WorkflowJson
{
    // Rows of older builds hold JSON that is nested almost as deep as JSON may be by default, and answers go around it.
    private const int MaxDepth = 128;

    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions());

    /// <summary>Gives <paramref name="options"/> the same rules.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.MaxDepth = MaxDepth;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return options;
    }

    public static string? Write(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

    public static T Read<T>(string? json) =>
        JsonSerializer.Deserialize<T>(json ?? "null", Options)
        ?? throw new InvalidOperationException($"The ledger holds no {typeof(T).Name} where one is expected.");
}
