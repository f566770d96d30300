namespace OpenClaw.Web.Gateway.Connections;

/// <summary>How often something happened within a minute, which begins when it first does.</summary>
internal sealed class MinuteCount(TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _began;
    private int _count;

    /// <returns>How often it has happened in this minute, with this time.</returns>
    public int Add()
    {
        lock (_lock)
        {
            if (_count == 0 || time.GetElapsedTime(_began) >= Minute)
            {
                (_began, _count) = (time.GetTimestamp(), 0);
            }

            return ++_count;
        }
    }
}
