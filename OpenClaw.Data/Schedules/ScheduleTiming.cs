namespace OpenClaw.Data.Schedules;

/// <summary>When a prompt is sent: one of <see cref="Cron"/>, <see cref="Every"/> and <see cref="At"/> is set, or the first two.</summary>
public sealed record ScheduleTiming
{
    /// <summary>5 fields, or 6 with seconds first. Beside <see cref="Every"/> it says from when that counts.</summary>
    public string? Cron { get; init; }

    /// <summary>Of <see cref="Cron"/>: an IANA name; null for UTC.</summary>
    public string? TimeZone { get; init; }

    public TimeSpan? Every { get; init; }

    /// <summary>Once.</summary>
    public DateTimeOffset? At { get; init; }
}
