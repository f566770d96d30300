using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace OpenClaw.Web.Api.Problems;

/// <summary>Why a request was not carried out (RFC 9457). Nothing has changed unless <c>code</c> is <c>operation_failed</c>.</summary>
public sealed record Problem
{
    public const string ContentType = "application/problem+json";

    /// <summary>Stable name of the kind of problem, as a URN.</summary>
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>For people: what is wrong and what is allowed.</summary>
    public required string Detail { get; init; }

    /// <summary>For programs: stable.</summary>
    public required string Code { get; init; }

    /// <summary>Names this request in the log and in traces.</summary>
    public required string TraceId { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public required bool Retryable { get; init; }

    /// <summary>What is wrong, by the field's JSON path.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The agent that the failed operation was about; it stays as it is now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? AgentId { get; init; }

    /// <summary>The workflow that failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? WorkflowUuid { get; init; }

    public static Problem Of(HttpContext context, int status, string code, string detail) => new()
    {
        Type = $"urn:openclaw:problem:{code}",
        Title = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error",
        Status = status,
        Detail = detail,
        Code = code,
        TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
        Retryable = status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable,
    };
}
