using OpenClaw.Jobs.Outages;

namespace OpenClaw.Web.Api.Problems;

/// <summary>Says at most once in a while what is wrong with the database: under load every request meets it.</summary>
internal sealed partial class OutageLog(SpoiledSessions spoiled, TimeProvider time, ILogger<OutageLog> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long _quietUntil;

    public void Report(DatabaseTrouble trouble, Exception exception)
    {
        spoiled.Heed(trouble);
        var now = time.GetUtcNow().UtcTicks;
        var until = Interlocked.Read(ref _quietUntil);
        if (now >= until && Interlocked.CompareExchange(ref _quietUntil, now + Interval.Ticks, until) == until)
        {
            LogOutage(logger, trouble.Name(), exception.GetBaseException().Message);
        }
    }

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "Requests are answered 503. {Trouble}: {Reason}")]
    private static partial void LogOutage(ILogger logger, string trouble, string reason);
}
