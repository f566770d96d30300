using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Problems;

namespace OpenClaw.Web.Api.Binding;

/// <summary>
/// The door of the HTTP API: a request of which a text, in its body or in its address, cannot be kept is refused before
/// anything is done, and each such field is named. What is no valid Unicode at all is refused when the body is read.
/// </summary>
internal static class ForeignArguments
{
    private const string Namespace = "OpenClaw.Web.";

    private static readonly ConcurrentDictionary<Type, (string Name, PropertyInfo Property)[]> Members = new();

    public static RouteGroupBuilder RefuseForeignText(this RouteGroupBuilder routes)
    {
        routes.AddEndpointFilter(async (context, next) =>
            context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<MendsText>() is null && Problem(context.Arguments) is { } problem ? ProblemResult.Of(problem) : await next(context));
        return routes;
    }

    /// <summary>For what a person typed: the endpoint itself makes the best of it.</summary>
    public static TBuilder MendsForeignText<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new MendsText());

    /// <summary>Null when all texts can be kept.</summary>
    internal static Refusal.Invalid? Problem(IEnumerable<object?> arguments)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var argument in arguments)
        {
            Look(argument, "", errors);
        }

        return errors.Count == 0 ? null : new Refusal.Invalid(errors);
    }

    private static void Look(object? value, string name, Dictionary<string, string[]> errors)
    {
        var isWhole = value switch
        {
            string text => ForeignText.IsWhole(text),
            JsonElement json => ForeignJson.IsWhole(json),
            _ => true,
        };
        if (!isWhole)
        {
            var field = name.Length == 0 ? "request" : name;
            errors[field] = [$"{field} must be valid Unicode without NUL characters."];
            return;
        }

        if (value is IEnumerable list and not string)
        {
            var index = 0;
            foreach (var item in list)
            {
                Look(item, $"{name}[{index++}]", errors);
            }
        }
        else if (value is not null && MembersOf(value.GetType()) is { Length: > 0 } members)
        {
            foreach (var (member, property) in members)
            {
                Look(property.GetValue(value), name.Length == 0 ? member : $"{name}.{member}", errors);
            }
        }
    }

    // Of requests, which are records of ours, and of nothing else that a handler takes.
    private static (string Name, PropertyInfo Property)[] MembersOf(Type type) => Members.GetOrAdd(type, static type =>
        type.FullName?.StartsWith(Namespace, StringComparison.Ordinal) is not true
            ? []
            : [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.GetIndexParameters().Length == 0 && Carries(property.PropertyType))
                .Select(property => (JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property))]);

    private static bool Carries(Type type) =>
        type == typeof(string) || (Nullable.GetUnderlyingType(type) ?? type) == typeof(JsonElement)
        || (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && Carries(type.GetGenericArguments()[0])) || type == typeof(string[])
        || (type.FullName?.StartsWith(Namespace, StringComparison.Ordinal) is true && type.IsClass && type.GetMethod("<Clone>$") is not null);

    private sealed record MendsText;
}
