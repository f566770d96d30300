using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Web.Hosting;

/// <summary>
/// What the log of this process has said last, for whoever asks for it: in memory, bounded, in one line an event
/// and without our secrets.
/// </summary>
internal sealed class LogTail(OpenClawOptions options, TimeProvider time) : ILoggerProvider
{
    public const int MaxLines = 5_000;

    /// <summary>UTF-8 of what is kept.</summary>
    public const int MaxBytes = 1_000_000;

    // Of one event.
    private const int MaxLength = 8_192;

    // A shorter one hides nothing, and would hide words.
    private const int LeastSecret = 6;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly Lazy<string[]> _secrets = new(() => [.. SecretsOf(options).Where(secret => secret is { Length: >= LeastSecret }).OrderByDescending(secret => secret!.Length).Select(secret => secret!)]);
    private int _bytes;

    // Places count on from those of an earlier process, which has hardly written a byte each microsecond: a place of its log
    // is known not to be of this one.
    private long _end = time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    /// <param name="cursor">The place up to which the caller has read; null for the last lines.</param>
    /// <param name="limit">Lines at most, the last ones.</param>
    /// <param name="maxBytes">Of UTF-8 in them.</param>
    /// <param name="least">What is less bad is left out.</param>
    public LogPart Read(long? cursor, int limit, int maxBytes, LogLevel least = LogLevel.Trace)
    {
        lock (_lock)
        {
            var first = _lines.TryPeek(out var oldest) ? oldest.End - oldest.Bytes : _end;
            var isReset = cursor is { } asked && (asked < first || asked > _end);
            var news = _lines.Where(line => line.Level >= least && (isReset || cursor is not { } read || line.End > read)).ToList();
            var bytes = 0;
            var told = Enumerable.Reverse(news).Take(limit).TakeWhile(line => (bytes += line.Bytes) <= maxBytes).Reverse().ToList();
            return new LogPart([.. told.Select(Hide)], _end, IsTruncated: told.Count < news.Count, isReset);
        }
    }

    private LogLine Hide(LogLine line) =>
        line with { Text = _secrets.Value.Aggregate(line.Text, (text, secret) => text.Replace(secret, "***", StringComparison.Ordinal)) };

    private void Add(LogLevel level, string category, int eventId, string text)
    {
        text = ForeignText.OneLine(text, MaxLength);
        var bytes = Encoding.UTF8.GetByteCount(text) + 1;
        lock (_lock)
        {
            _end += bytes;
            _lines.Enqueue(new LogLine(time.GetUtcNow(), level, category, eventId, text, bytes, _end));
            for (_bytes += bytes; _lines.Count > MaxLines || _bytes > MaxBytes;)
            {
                _bytes -= _lines.Dequeue().Bytes;
            }
        }
    }

    private static IEnumerable<string?> SecretsOf(OpenClawOptions options) =>
    [
        options.AuthToken, OwnToken(options), options.GatewayToken, options.OpenAiApiKey, options.AnthropicApiKey, options.TwilioAuthToken,
        Password(options.DatabaseConnection), Password(options.DatabaseDirectConnection), Password(options.DatabaseMigrationConnection),
    ];

    private static string? Password(string connection) => connection.Length == 0 ? null : new Npgsql.NpgsqlConnectionStringBuilder(connection).Password;

    // The token that this node has made for itself.
    private static string? OwnToken(OpenClawOptions options)
    {
        var path = new Security.AuthTokenFile(options.DataDirectory).Path;
        return options.AuthToken is null && File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    private sealed class Writer(LogTail tail, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            tail.Add(logLevel, category, eventId.Id, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
    }
}

/// <param name="At">When it was said.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Category">Who said it.</param>
/// <param name="EventId">What it is.</param>
/// <param name="Text">In one line.</param>
/// <param name="Bytes">How much of the log it is.</param>
/// <param name="End">The place behind it.</param>
internal sealed record LogLine(DateTimeOffset At, LogLevel Level, string Category, int EventId, string Text, int Bytes, long End);

/// <param name="Lines">The oldest first.</param>
/// <param name="Cursor">The place behind the last one.</param>
/// <param name="IsTruncated">More was said than is told.</param>
/// <param name="IsReset">The place that was asked for is not in this log, or not any more: these are the last lines.</param>
internal sealed record LogPart(IReadOnlyList<LogLine> Lines, long Cursor, bool IsTruncated, bool IsReset);
