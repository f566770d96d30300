using System.Globalization;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Our own log. It is this node's, and of the time since it was started.</summary>
internal sealed class LogMethods(LogTail log) : IGatewayMethods
{
    private const int DefaultLines = 500;
    private const int DefaultBytes = 250_000;

    public IEnumerable<GatewayMethod> All => [GatewayMethod.Of("logs.tail", Scopes.Read, TailAsync)];

    private Task<LogTailed> TailAsync(GatewayCall call)
    {
        var given = call.Params("cursor", "limit", "maxBytes");
        var part = log.Read(
            given.Place("cursor"), given.Number("limit", DefaultLines, 1, LogTail.MaxLines), given.Number("maxBytes", DefaultBytes, 1, LogTail.MaxBytes));
        return Task.FromResult(new LogTailed(
            $"memory of {Environment.MachineName}", part.Cursor, part.Cursor, [.. part.Lines.Select(Text)], part.IsTruncated, part.IsReset));
    }

    private static string Text(LogLine line) => ProtocolJson.Element(new LoggedLine(
        line.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), LevelOf(line.Level), line.Category, line.EventId, line.Text)).GetRawText();

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Critical => "fatal",
        _ => level.ToString().ToLowerInvariant(),
    };
}
