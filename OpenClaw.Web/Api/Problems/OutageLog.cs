namespace OpenClaw.Web.Api.Problems;

/// <summary>Says at most once in a while that the database is away: under load every request meets it.</summary>
internal sealed partial class OutageLog(TimeProvider time, ILogger<OutageLog> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long _quietUntil;

    public void Report(Exception exception)
    {
        var now = time.GetUtcNow().UtcTicks;
        var until = Interlocked.Read(ref _quietUntil);
        if (now >= until && Interlocked.CompareExchange(ref _quietUntil, now + Interval.Ticks, until) == until)
            LogOutage(logger, exception.GetBaseException().Message);
    }

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "Requests are answered 503, the database is away: {Reason}")]
    private static partial void LogOutage(ILogger logger, string reason);
}
