using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Status;

/// <summary>How bad a line of the log is.</summary>
public enum LogSeverity
{
    Info,
    Warn,
    Error,
}

/// <param name="At">When it was said.</param>
/// <param name="Level">info, warn or error; what is worse than an error is one.</param>
/// <param name="EventId">What it is: docs/operations.md lists them; 0 for one of a library.</param>
/// <param name="Category">Who said it.</param>
/// <param name="Text">In one line.</param>
public sealed record LogLineResponse(DateTimeOffset At, LogSeverity Level, int EventId, string Category, string Text)
{
    internal static LogLineResponse From(LogLine line) => new(
        line.At, line.Level switch { >= LogLevel.Error => LogSeverity.Error, LogLevel.Warning => LogSeverity.Warn, _ => LogSeverity.Info }, line.EventId, line.Category, line.Text);
}

/// <param name="Node">Whose log it is: each process of the service has its own.</param>
/// <param name="Lines">The oldest first.</param>
/// <param name="Cursor">What to ask with, as <c>after</c>, for what is said from now on.</param>
/// <param name="IsTruncated">More was said than is told; these are the last lines.</param>
/// <param name="IsReset">What was read up to is not in this log: the process is another one, or has said too much since.</param>
public sealed record LogResponse(string Node, IReadOnlyList<LogLineResponse> Lines, long Cursor, bool IsTruncated, bool IsReset);

/// <summary>What the service's log has said last.</summary>
internal static class LogEndpoints
{
    public static void MapLogs(this IEndpointRouteBuilder api) =>
        api.MapGet("/logs", Get).OfHouseAlone().WithTags("Health").WithSummary("Read what this process has last logged, without secrets; with after, what it has said since")
            .Produces<LogResponse>().ProducesProblems(400, 401, 403, 422);

    private static IResult Get(long? after, int? limit, string? level, LogReading log) =>
        log.Read(after, limit, level, QueryRules.MaxLimit).Match<IResult>(TypedResults.Ok, ProblemResult.Of);
}
