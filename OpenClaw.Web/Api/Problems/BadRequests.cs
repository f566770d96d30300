using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Problems;

/// <summary>Names the field or parameter of a request that could not be bound, and what is allowed there.</summary>
internal static partial class BadRequests
{
    public static ProblemResult Describe(HttpContext context, BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge when context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most =>
            ProblemResult.Of(StatusCodes.Status413PayloadTooLarge, "body_too_large", $"The body may have up to {most / 1024} KiB."),
        StatusCodes.Status413PayloadTooLarge => For(StatusCodes.Status413PayloadTooLarge),
        StatusCodes.Status415UnsupportedMediaType => For(StatusCodes.Status415UnsupportedMediaType),
        var status when exception is InvalidHeaderException header => Invalid(status, new() { [header.Header] = [header.Message] }),
        var status when exception.InnerException is JsonException json => DescribeBody(context, status, json),
        var status when Parameters(context) is { Count: > 0 } errors => Invalid(status, errors),
        var status => ProblemResult.Of(status, "bad_request", "The request is incomplete: a body, where one is needed, must be a JSON object."),
    };

    /// <summary>What stands in an answer for a status that has no more to tell.</summary>
    public static ProblemResult For(int status) => status switch
    {
        StatusCodes.Status404NotFound => ProblemResult.Of(status, "not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => ProblemResult.Of(status, "method_not_allowed", "The address is right, the method is not; the Allow header lists those that are."),
        StatusCodes.Status413PayloadTooLarge => ProblemResult.Of(status, "body_too_large", "The body may have up to 1 MiB."),
        StatusCodes.Status415UnsupportedMediaType => ProblemResult.Of(status, "unsupported_media_type", "The Content-Type must be application/json."),
        _ => ProblemResult.Of(status, "error", "The request was not carried out."),
    };

    /// <summary>Of a form whose parts cannot be told from one another, or are more or longer than the framework reads.</summary>
    public static ProblemResult UnreadableForm { get; } = ProblemResult.Of(
        StatusCodes.Status400BadRequest, "unreadable_form", "The form cannot be read: it may have 1,024 fields, whose names have up to 2,048 characters, and one that is sent in parts must say and keep the boundary between them.");

    private static ProblemResult Invalid(int status, Dictionary<string, string[]> errors) => new(context =>
        Problem.Of(context, status, "bad_request", string.Join(" ", errors.SelectMany(error => error.Value))) with { Errors = errors });

    private static ProblemResult DescribeBody(HttpContext context, int status, JsonException exception)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = Endpoint(context)?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        return Errors(body, exception, options) is { } errors
            ? Invalid(status, errors)
            : ProblemResult.Of(status, "malformed_json", $"The body is not a JSON object: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
    }

    /// <summary>What is wrong in JSON that could not be read as <paramref name="body"/>, by field; null when it is no JSON object.</summary>
    internal static Dictionary<string, string[]>? Errors(Type? body, JsonException exception, JsonSerializerOptions options)
    {
        if (UnknownField().Match(exception.Message) is { Success: true } unknown)
        {
            var name = ForeignText.Quote(unknown.Groups["name"].Value);
            var known = JsonFields.Of(body, unknown.Groups["type"].Value, options);
            return new() { [name] = [$"{name} is not a field here{(known.Count == 0 ? "" : $"; there are {string.Join(", ", known)}")}."] };
        }

        if (exception.InnerException is JsonException || exception.Path is null or "$")
        {
            return null;
        }

        var (field, allowed) = JsonFields.Find(body, exception.Path, options);
        return new() { [field] = [$"{field} must be {allowed}."] };
    }

    private static Dictionary<string, string[]> Parameters(HttpContext context)
    {
        var routeValues = context.Features.Get<IExceptionHandlerFeature>()?.RouteValues;
        var errors = new Dictionary<string, string[]>();
        foreach (var parameter in Endpoint(context)?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name);
            var type = Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType;
            var given = routeValues?.GetValueOrDefault(parameter.Name)?.ToString() ?? context.Request.Query[name].ToString();
            if (given.Length > 0 && ParameterTexts.Problem(type, given) is { } allowed)
            {
                errors[name] = [$"{name} must be {allowed}."];
            }
        }

        return errors;
    }

    // The framework's words; nothing else of the exception says so.
    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped to any .NET member contained in type '(?<type>[^']*)'", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex UnknownField();

    private static Endpoint? Endpoint(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
}
