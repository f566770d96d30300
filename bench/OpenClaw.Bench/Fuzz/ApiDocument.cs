using System.Text.Json;

namespace OpenClaw.Bench.Fuzz;

/// <summary>What the service's OpenAPI document says of its endpoints.</summary>
internal sealed class ApiDocument(JsonElement document)
{
    private static readonly string[] Verbs = ["get", "put", "post", "patch", "delete"];

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Where(verb => Verbs.Contains(verb.Name)).Select(verb => new ApiOperation(
            path.Name, new HttpMethod(verb.Name.ToUpperInvariant()), Parameters(verb.Value), Body(verb.Value)))),
    ];

    /// <summary>JSON that such a schema may describe, with something else in its place now and then.</summary>
    public string Instance(JsonElement schema, string name, HostileJson json, int depth = 6)
    {
        if (depth == 0 || json.Chance(0.06))
        {
            return json.Value(3);
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Instance(document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), name, json, depth - 1);
        }

        foreach (var either in new[] { "oneOf", "anyOf" })
        {
            if (schema.TryGetProperty(either, out var choices))
            {
                return Instance(choices[json.Random.Next(choices.GetArrayLength())], name, json, depth - 1);
            }
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            return values[json.Random.Next(values.GetArrayLength())].GetRawText();
        }

        return TypeOf(schema, json) switch
        {
            "object" => Object(schema, json, depth),
            "array" => $"[{string.Join(',', Enumerable.Range(0, json.Random.Next(4)).Select(_ => schema.TryGetProperty("items", out var item) ? Instance(item, name, json, depth - 1) : json.Value(1)))}]",
            "boolean" => json.Pick(["true", "false"]),
            "integer" => $"{json.Random.Next(-1, 300)}",
            "number" => json.Pick(["0", "0.5", "12.25", "-1", "1e9"]),
            "null" => "null",
            _ when json.Chance(0.3) => json.Value(0),
            _ => Text(schema, name, json),
        };
    }

    private static string Text(JsonElement schema, string name, HostileJson json) => (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
    {
        "uuid" => $"\"{Guid.NewGuid()}\"",
        "date-time" => json.Pick(["\"2026-01-02T03:04:05Z\"", "\"9999-12-31T23:59:59Z\"", "\"yesterday\""]),
        _ => json.Right(name),
    };

    private string Object(JsonElement schema, HostileJson json, int depth)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
        var members = schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Where(property => json.Chance(required.Contains(property.Name) ? 0.97 : 0.3)).Select(property => $"\"{property.Name}\":{Instance(property.Value, property.Name, json, depth - 1)}").ToList()
            : [];
        if (json.Chance(0.05))
        {
            members.Add($"\"{json.Name()}\":{json.Value(2)}");
        }

        return $"{{{string.Join(',', members)}}}";
    }

    private static string? TypeOf(JsonElement schema, HostileJson json) => schema.TryGetProperty("type", out var type)
        ? type.ValueKind is JsonValueKind.Array ? type[json.Random.Next(type.GetArrayLength())].GetString() : type.GetString()
        : schema.TryGetProperty("properties", out _) ? "object" : null;

    private static IReadOnlyList<ApiParameter> Parameters(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. parameters.EnumerateArray().Select(given => new ApiParameter(given.GetProperty("name").GetString()!, given.GetProperty("in").GetString()!, given.TryGetProperty("schema", out var schema) ? schema : default))]
        : [];

    private static JsonElement? Body(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var content) ? content.GetProperty("schema") : null;
}

/// <param name="Path">With its parameters in braces.</param>
/// <param name="Method">Of HTTP.</param>
/// <param name="Parameters">In the path, the query and headers.</param>
/// <param name="Body">Its schema; null without one.</param>
internal sealed record ApiOperation(string Path, HttpMethod Method, IReadOnlyList<ApiParameter> Parameters, JsonElement? Body);

/// <param name="Name">Of the parameter.</param>
/// <param name="In">path, query or header.</param>
/// <param name="Schema">Of its value.</param>
internal sealed record ApiParameter(string Name, string In, JsonElement Schema);
