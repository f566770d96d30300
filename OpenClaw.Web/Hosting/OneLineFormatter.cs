using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Web.Hosting;

/// <summary>
/// One line an event, in UTC, whatever is in it: what a model, a gateway or a provider said neither begins a line of its own
/// nor steers the terminal that shows it.
/// </summary>
internal sealed class OneLineFormatter(TimeProvider? time = null) : ConsoleFormatter(Format)
{
    public const string Format = "openclaw";

    // An exception that quotes what it was given has no greatest length.
    private const int MaxLength = 32_768;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{Level(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}]");
        scopeProvider?.ForEachScope(static (scope, line) => line.Append(" => ").Append(scope), line);
        line.Append(' ').Append(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
        {
            line.Append(' ').Append(exception);
        }

        textWriter.Write(_time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ ", CultureInfo.InvariantCulture));
        textWriter.WriteLine(ForeignText.OneLine(line.ToString(), MaxLength));
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
