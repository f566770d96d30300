using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Web.Api.Problems;

/// <summary>Turns what was thrown into an answer: a bad request, a database that is away, or a bug of ours.</summary>
internal sealed partial class ProblemExceptionHandler(OutageLog outages, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await Answer(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private ProblemResult Answer(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return BadRequests.Describe(context, bad);
        }

        if (context.Request.HasFormContentType && IsOfFormReader(exception))
        {
            return BadRequests.UnreadableForm;
        }

        if (DatabaseOutage.Of(exception) is { } trouble)
        {
            outages.Report(trouble, exception);
            context.Response.Headers[HeaderNames.RetryAfter] = trouble.RetryAfter().TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            return ProblemResult.Of(StatusCodes.Status503ServiceUnavailable, "database_unavailable", $"{trouble.Name()} at the moment. Repeat the request; with the same Idempotency-Key it is carried out once.");
        }

        LogUnexpected(logger, context.Request.Method, context.Request.Path, exception);
        return ProblemResult.Of(StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong here. The log has it under the trace_id.");
    }

    // A form is read by whoever asks for it first, and only the framework knows what is wrong with one.
    private static bool IsOfFormReader(Exception exception) =>
        exception is InvalidDataException or IOException && exception.Source is "Microsoft.AspNetCore.WebUtilities" or "Microsoft.AspNetCore.Http";

    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogUnexpected(ILogger logger, string method, string path, Exception exception);
}
