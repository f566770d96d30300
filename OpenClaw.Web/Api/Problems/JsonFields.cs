using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OpenClaw.Web.Api.Problems;

/// <summary>Finds what a field of a request's body may hold, from the JSON path at which reading stopped.</summary>
internal static class JsonFields
{
    public static (string Field, string Allowed) Find(Type? body, string path, JsonSerializerOptions options)
    {
        var field = path.TrimStart('$').TrimStart('.');
        var type = body;
        foreach (var segment in field.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            type = type is null ? null : Child(options.GetTypeInfo(type), segment);
        }

        return (field, type is null ? "of another type" : Describe(options.GetTypeInfo(type)));
    }

    /// <summary>The fields of the body, or of a part of it, by the name of its type; empty when it is none of them.</summary>
    public static IReadOnlyList<string> Of(Type? body, string type, JsonSerializerOptions options)
    {
        if (body?.Namespace?.StartsWith("OpenClaw.Web", StringComparison.Ordinal) is not true || options.GetTypeInfo(body) is not { Kind: JsonTypeInfoKind.Object } info)
        {
            return [];
        }

        return body.FullName == type
            ? [.. info.Properties.Select(property => property.Name)]
            : info.Properties.Select(property => Of(property.PropertyType, type, options)).FirstOrDefault(found => found.Count > 0) ?? [];
    }

    private static Type? Child(JsonTypeInfo parent, string segment) => segment.StartsWith('[')
        ? parent.ElementType
        : parent.Properties.FirstOrDefault(property => property.Name == segment)?.PropertyType;

    private static string Describe(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => $"a list of which each entry is {Describe(info.Options.GetTypeInfo(info.ElementType!))}",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            _ when type == typeof(string) => "text",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(decimal) => "a number",
            _ when type == typeof(Guid) => "a uuid",
            _ when type == typeof(DateTimeOffset) => "a time such as 2030-01-31T08:00:00Z",
            _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}",
            _ => "of another type",
        };
    }
}
