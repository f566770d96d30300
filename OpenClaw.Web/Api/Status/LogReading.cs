using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Api.Status;

/// <summary>Reads the last part of this process's log.</summary>
internal sealed class LogReading(LogTail log, ExecutorIdentity executor)
{
    // UTF-8 of the texts in an answer.
    private const int MostBytes = 250_000;

    /// <param name="after">The cursor of the part before; null for the last lines.</param>
    /// <param name="limit">So many lines; null for the usual.</param>
    /// <param name="level">What is less is left out; null for nothing.</param>
    /// <param name="mostLines">More are not told whatever the limit is.</param>
    public Decision<LogResponse> Read(long? after, int? limit, string? level, int mostLines)
    {
        var rules = new QueryRules();
        var (page, least) = (rules.Limit(limit), rules.OneOf<LogSeverity>("level", level));
        if (rules.Problem is { } problem)
        {
            return problem;
        }

        var part = log.Read(
            after, Math.Min(page, mostLines), MostBytes, least switch { LogSeverity.Error => LogLevel.Error, LogSeverity.Warn => LogLevel.Warning, LogSeverity.Info => LogLevel.Information, _ => LogLevel.Trace });
        return new LogResponse(executor.Id, [.. part.Lines.Select(LogLineResponse.From)], part.Cursor, part.IsTruncated, part.IsReset);
    }
}
