using System.Globalization;
using System.Numerics;

namespace Hangfire.Recurring;

/// <summary>The values of one field, as bits.</summary>
/// <param name="Bits">Bit n stands for the value n.</param>
/// <param name="IsInterval">The field was written with *, - or /.</param>
internal readonly record struct CronField(ulong Bits, bool IsInterval)
{
    public static readonly Kind Seconds = new("second", 0, 59, []);
    public static readonly Kind Minutes = new("minute", 0, 59, []);
    public static readonly Kind Hours = new("hour", 0, 23, []);
    public static readonly Kind DaysOfMonth = new("day of month", 1, 31, []);
    public static readonly Kind Months =
        new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]);
    public static readonly Kind DaysOfWeek = new("day of week", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    public static CronField Parse(string text, Kind kind) => new(
        text.Split(',').Aggregate(0UL, (bits, part) => bits | ParsePart(part, kind)),
        text.AsSpan().IndexOfAny("*-/") >= 0);

    public bool Contains(int value) => (Bits >> value & 1) == 1;

    public int? Next(int from)
    {
        var rest = from > 63 ? 0 : Bits >> from << from;
        return rest == 0 ? null : BitOperations.TrailingZeroCount(rest);
    }

    public static int ParseValue(string text, Kind kind)
    {
        var name = Array.FindIndex(kind.Names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name >= 0)
            return kind.Min == 1 ? name + 1 : name;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= kind.Min && value <= kind.Max
            ? value
            : throw new FormatException($"'{text}' is no value for the field {kind.Name}: {kind.Min}-{kind.Max} are.");
    }

    private static ulong ParsePart(string part, Kind kind)
    {
        var slash = part.Split('/');
        if (slash.Length > 2)
            throw new FormatException($"'{part}' has more than one step.");
        var step = slash.Length == 1 ? 1 : ParseStep(slash[1], kind);
        var (first, last) = ParseRange(slash[0], slash.Length == 2, kind);
        // Beyond its last value a range goes on from the first: 22-2 is 22, 23, 0, 1, 2. Sunday is both 0 and 7.
        var highest = kind.Highest;
        if (last < first)
            last += highest - kind.Min + 1;
        var bits = 0UL;
        for (var value = first; value <= last; value += step)
            bits |= 1UL << (value > highest ? value - (highest - kind.Min + 1) : value);
        return bits;
    }

    private static (int First, int Last) ParseRange(string text, bool hasStep, Kind kind)
    {
        if (text == "*")
            return (kind.Min, kind.Highest);
        var bounds = text.Split('-');
        if (bounds.Length > 2)
            throw new FormatException($"'{text}' is no range.");
        var first = ParseValue(bounds[0], kind);
        if (bounds.Length == 1)
            return (first, hasStep ? Math.Max(first, kind.Highest) : first);
        return (first, ParseValue(bounds[1], kind));
    }

    private static int ParseStep(string text, Kind kind) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step >= 1 && step <= kind.Max
            ? step
            : throw new FormatException($"'{text}' is no step for the field {kind.Name}: 1-{kind.Max} are.");

    internal sealed record Kind(string Name, int Min, int Max, string[] Names)
    {
        /// <summary>The last distinct value: 7 as a day of the week is the Sunday that 0 is.</summary>
        public int Highest => Name == "day of week" ? 6 : Max;
    }
}
