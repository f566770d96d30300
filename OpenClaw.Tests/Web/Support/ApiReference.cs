using System.Text;
using System.Text.Json;

namespace OpenClaw.Tests.Web.Support;

/// <summary>docs/api.md, from the service's own description of its API.</summary>
internal static class ApiReference
{
    private const string Anything = "JsonElement";

    private const string Head =
        """
        # The REST API

        Made from the service's own description (`GET /openapi/v1.json`) by `OpenApiTests`, which fails where the two differ; write it anew with
        `OPENCLAW_UPDATE_CONTRACT=1 scripts/test --filter FullyQualifiedName~OpenApiTests`.

        Every call has the header `Authorization: Bearer …` with the token or a [key](security.md#keys); `scripts/claw` adds it. What is wrong with a call is answered as
        `application/problem+json` with a stable `code`, words for people in `detail`, and whether to try again in `retryable`. What starts something takes an
        `Idempotency-Key`; with the same key it is carried out once. Times are ISO 8601 in UTC. Lists have `next` where there is more; hand it on as `cursor`.

        """;

    public static string Of(JsonElement document)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        var operations =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            group (Method: operation.Name.ToUpperInvariant(), Path: path.Name, Says: operation.Value) by operation.Value.GetProperty("tags")[0].GetString();
        foreach (var area in operations.OrderBy(area => area.Key, StringComparer.Ordinal))
        {
            text.Append($"\n## {area.Key}\n\n| | | takes | answers |\n|---|---|---|---|\n");
            foreach (var (method, path, says) in area)
            {
                text.Append($"| `{method} {path}` | {says.GetProperty("summary").GetString()} | {Taken(says)} | {Answers(says)} |\n");
            }
        }

        text.Append("\n## Bodies\n\nWhat is in bold has to be there.\n");
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(schema => schema.Name != Anything))
        {
            text.Append($"\n### {schema.Name}\n\n{Description(schema.Value)}");
            if (!schema.Value.TryGetProperty("properties", out _))
            {
                text.Append($"{Type(schema.Value)}\n");
                continue;
            }

            text.Append("| | | |\n|---|---|---|\n");
            var required = schema.Value.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
            foreach (var field in schema.Value.GetProperty("properties").EnumerateObject())
            {
                text.Append($"| {(required.Contains(field.Name) ? $"**`{field.Name}`**" : $"`{field.Name}`")} | {Type(field.Value)} | {InACell(Text(field.Value, "description"))} |\n");
            }
        }

        return text.ToString();
    }

    private static string Taken(JsonElement operation)
    {
        var parameters = operation.TryGetProperty("parameters", out var all)
            ? all.EnumerateArray().Where(parameter => Text(parameter, "in") is "query" or "header").Select(parameter => $"`{Text(parameter, "name")}`")
            : [];
        var body = operation.TryGetProperty("requestBody", out var request) ? Contents(request) : [];
        return string.Join(", ", [.. body, .. parameters]);
    }

    private static string Answers(JsonElement operation) => string.Join(", ",
        from answer in operation.GetProperty("responses").EnumerateObject()
        where answer.Name.StartsWith('2')
        select string.Join(' ', [answer.Name, .. Contents(answer.Value)]));

    private static IEnumerable<string> Contents(JsonElement message) => message.TryGetProperty("content", out var content)
        ? content.EnumerateObject().Select(kind => kind.Value.TryGetProperty("schema", out var schema) ? Type(schema) : kind.Name)
        : [];

    private static string Type(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            return name == Anything ? "any JSON" : $"[{name}](#{name.ToLowerInvariant()})";
        }

        foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
        {
            if (schema.TryGetProperty(choice, out var choices))
            {
                return string.Join(" or ", choices.EnumerateArray().Select(Type).Where(type => type is not ("null" or "")));
            }
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            return string.Join(", ", values.EnumerateArray().Where(value => value.ValueKind is JsonValueKind.String).Select(value => $"`{value.GetString()}`"));
        }

        var types = schema.TryGetProperty("type", out var type) ? type.ValueKind is JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)] : (string[])[type.GetString()!] : ["anything"];
        var named = string.Join(" or ", types.Where(one => one != "null"));
        return named == "array" && schema.TryGetProperty("items", out var items) ? $"list of {Type(items)}" : Text(schema, "format") is { Length: > 0 } format ? $"{named} ({format})" : named;
    }

    private static string Description(JsonElement schema) => Text(schema, "description") is { Length: > 0 } text ? $"{text.ReplaceLineEndings(" ")}\n\n" : "";

    private static string InACell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
}
