using System.Globalization;

namespace OpenClaw.Jobs.Spending;

/// <summary>Amounts: kept in micro-units of USD, so that what is added up is exact, and told in USD.</summary>
public static class Money
{
    public const string Currency = "USD";

    /// <summary>The greatest amount of a budget or a price, in USD.</summary>
    public const long Most = 1_000_000_000;

    private const long Micro = 1_000_000;

    /// <summary>In USD.</summary>
    public static decimal Of(long micros) => micros / (decimal)Micro;

    /// <summary>In micro-units; null for what has more than six decimals, is negative, or beyond <see cref="Most"/>.</summary>
    public static long? Micros(decimal amount) => amount is >= 0 and <= Most && decimal.Truncate(amount * Micro) == amount * Micro ? (long)(amount * Micro) : null;

    /// <summary><c>5.00</c>, <c>0.000137</c>.</summary>
    public static string Say(long micros) => Of(micros).ToString("0.00####", CultureInfo.InvariantCulture);
}
