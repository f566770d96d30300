using System.Globalization;

namespace OpenClaw.Jobs.Schedules;

/// <summary>Reads instants in ISO 8601; one without an offset is the time on a clock of its zone.</summary>
public static class LocalTime
{
    private static readonly string[] Shapes = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    /// <summary>Reads <paramref name="text"/>; false with what is wrong with it, as a sentence.</summary>
    /// <param name="text">Such as <c>2027-01-31T08:00:00Z</c>, <c>2027-01-31T08:00</c> or <c>2027-01-31</c>, which is midnight.</param>
    /// <param name="zone">For a text without an offset.</param>
    /// <param name="instant">When that is.</param>
    /// <param name="problem">Null when it was read.</param>
    public static bool TryRead(string text, TimeZoneInfo zone, out DateTimeOffset instant, out string? problem)
    {
        instant = default;
        problem = null;

        // A space is as good as the T.
        var shaped = text.Trim();
        shaped = shaped.Length > 10 && shaped[10] is ' ' or 't' ? $"{shaped[..10]}T{shaped[11..]}" : shaped;
        if (!DateTime.TryParseExact(shaped, Shapes, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var local))
        {
            problem = "must be a time in ISO 8601, such as 2027-01-31T08:00:00Z, or milliseconds since 1970";
            return false;
        }

        if (local.Kind is not DateTimeKind.Unspecified)
        {
            return DateTimeOffset.TryParseExact(shaped, Shapes, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
        }

        if (zone.IsInvalidTime(local))
        {
            problem = $"{text} does not exist in {zone.Id}: the clocks are put forward over it. Write another time, or one with an offset";
            return false;
        }

        if (zone.IsAmbiguousTime(local))
        {
            var twice = zone.GetAmbiguousTimeOffsets(local).OrderDescending().Select(offset => new DateTimeOffset(local, offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
            problem = $"{text} comes twice in {zone.Id}, because the clocks are put back. Say which: {string.Join(" or ", twice)}";
            return false;
        }

        var offset = zone.GetUtcOffset(local);
        if (local.Ticks - offset.Ticks < 0 || local.Ticks - offset.Ticks > DateTime.MaxValue.Ticks)
        {
            problem = "is out of range";
            return false;
        }

        instant = new DateTimeOffset(local, offset).ToUniversalTime();
        return true;
    }
}
