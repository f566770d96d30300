using System.Globalization;
using System.Text.Json;
using OpenClaw.Jobs.Schedules;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Numbers, lengths of time and instants.</summary>
internal sealed partial class GatewayParams
{
    // Beyond it a number of JSON is not exact.
    private const double MaxWhole = 9_007_199_254_740_991;

    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>A whole number. More than <paramref name="most"/> counts as that: a page may be smaller than was asked for.</summary>
    public int Number(string name, int fallback, int least, int most)
    {
        if (!TryGet(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetDouble(out var number) || double.IsNaN(number) || Math.Floor(number) != number)
        {
            throw Wrong($"at {At(name)}: must be integer");
        }

        if (number < least)
        {
            throw Wrong($"at {At(name)}: must be >= {least}");
        }

        return (int)Math.Min(number, most);
    }

    /// <summary>A whole number of any size from 0; null when it is not given.</summary>
    public long? Place(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var place) && place >= 0 ? place : throw Wrong($"at {At(name)}: must be an integer >= 0");
    }

    /// <summary>A whole number that may be larger than an index, such as a time in milliseconds.</summary>
    public double Whole(string name, double fallback)
    {
        if (!TryGet(name, out var value))
        {
            return fallback;
        }

        return value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Floor(number) == number && number is >= 0 and <= MaxWhole
            ? number
            : throw Wrong($"at /{name}: must be integer");
    }

    /// <summary>How long at most; 0 is without a limit.</summary>
    /// <param name="name">The field.</param>
    /// <param name="fallback">When it is not given.</param>
    /// <param name="unit">Of the field's number.</param>
    public TimeSpan Limit(string name, TimeSpan fallback, TimeSpan unit) =>
        TryGet(name, out _) ? Number(name, 0, 0, int.MaxValue) is > 0 and var count ? count * unit : TimeSpan.MaxValue : fallback;

    public bool Flag(string name, bool fallback)
    {
        if (!TryGet(name, out var value))
        {
            return fallback;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong($"at {At(name)}: must be boolean");
    }

    /// <summary>ISO 8601, or milliseconds since 1970; null when there is none.</summary>
    /// <param name="name">The field.</param>
    /// <param name="zone">Of a time without an offset.</param>
    public DateTimeOffset? Instant(string name, TimeZoneInfo zone)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind is JsonValueKind.Number ? value.GetRawText() : Text(name);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= LatestMs)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        return LocalTime.TryRead(text, zone, out var instant, out var problem) ? instant : throw Wrong($"at {At(name)}: {problem}");
    }
}
