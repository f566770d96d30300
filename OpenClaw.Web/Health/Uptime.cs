namespace OpenClaw.Web.Health;

/// <summary>How long the process has run.</summary>
internal sealed class Uptime(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public double Seconds => Math.Round(time.GetElapsedTime(_started).TotalSeconds, 1);
}
