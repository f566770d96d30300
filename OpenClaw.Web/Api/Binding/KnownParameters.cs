using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Problems;

namespace OpenClaw.Web.Api.Binding;

/// <summary>Refuses what a list or record is asked by and does not know: a filter that is dropped shows what nobody asked for.</summary>
internal sealed class KnownParameters : IEndpointFilter
{
    private static readonly HashSet<Type> Simple = [typeof(string), typeof(Guid), typeof(int), typeof(long), typeof(bool), typeof(DateTimeOffset)];

    private readonly ConcurrentDictionary<Endpoint, string[]> _known = [];

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.Query.Count == 0 || context.HttpContext.GetEndpoint() is not RouteEndpoint endpoint || !HttpMethods.IsGet(request.Method))
        {
            return next(context);
        }

        var known = _known.GetOrAdd(endpoint, _ => [.. Names(endpoint)]);
        var errors = new Dictionary<string, string[]>();
        foreach (var (name, values) in request.Query)
        {
            var shown = ForeignText.Quote(name);
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                errors[shown] = [$"{shown} is not a parameter here{(known.Length == 0 ? "" : $"; these are: {string.Join(", ", known)}")}."];
            }
            else if (values.Count > 1)
            {
                errors[shown] = [$"{shown} is given {values.Count} times, and one is meant."];
            }
            else if (values.ToString().Contains('\0'))
            {
                errors[shown] = [$"{shown} holds a character that no text has."];
            }
        }

        return errors.Count == 0 ? next(context) : ValueTask.FromResult<object?>(ProblemResult.Of(new Refusal.Invalid(errors)));
    }

    private static IEnumerable<string> Names(RouteEndpoint endpoint) => endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
        .Where(parameter => Simple.Contains(Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType))
        .Where(parameter => endpoint.RoutePattern.GetParameter(parameter.Name) is null)
        .Select(parameter => parameter.ParameterInfo.GetCustomAttributes().OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name))
        .Distinct();
}
