using System.Globalization;

namespace Hangfire.Common;

public static class JobHelper
{
    // The last second that four-digit years have: any larger number must count milliseconds.
    private const long MillisecondBoundary = 253402300799;

    private static readonly long MaxTimestamp = ToMillisecondTimestamp(DateTime.MaxValue);
    private static readonly DateTime MillisecondBoundaryDate = FromMillisecondTimestamp(MillisecondBoundary);

    public static long ToTimestamp(DateTime value) => (long)(value - DateTime.UnixEpoch).TotalSeconds;

    public static DateTime FromTimestamp(long value) => DateTime.UnixEpoch.AddSeconds(value);

    public static long ToMillisecondTimestamp(DateTime value) => (long)(value - DateTime.UnixEpoch).TotalMilliseconds;

    public static DateTime FromMillisecondTimestamp(long value) => DateTime.UnixEpoch.AddMilliseconds(value);

    public static string SerializeDateTime(DateTime value) =>
        GlobalConfiguration.HasCompatibilityLevel(CompatibilityLevel.Version_170)
            && value > MillisecondBoundaryDate && value < DateTime.MaxValue
            ? ToMillisecondTimestamp(value).ToString(CultureInfo.InvariantCulture)
            : value.ToString("O", CultureInfo.InvariantCulture);

    public static DateTime DeserializeDateTime(string value)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp))
            return DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        return timestamp > MillisecondBoundary ? FromMillisecondTimestamp(timestamp) : FromTimestamp(timestamp);
    }

    public static DateTime? DeserializeNullableDateTime(string? value) =>
        string.IsNullOrEmpty(value) ? null : DeserializeDateTime(value);

    /// <summary>For what is only shown: null also for what is no instant, or beyond the calendar.</summary>
    internal static DateTime? FindDateTime(string? value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)
        ? timestamp > MaxTimestamp ? null : DeserializeDateTime(value)
        : DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
