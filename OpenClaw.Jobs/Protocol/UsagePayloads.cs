namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>usage.cost</c>.</summary>
/// <param name="UpdatedAt">Milliseconds since 1970.</param>
/// <param name="Days">That were asked for.</param>
/// <param name="Daily">Each of them, the oldest first.</param>
/// <param name="Totals">Of all of them.</param>
public sealed record UsageCost(long UpdatedAt, int Days, IReadOnlyList<UsageDay> Daily, UsageTotals Totals);

/// <summary>Tokens; what they cost nobody tells us, so each turn counts as one without a price.</summary>
public record UsageTotals(long Input, long Output, long TotalTokens, long MissingCostEntries)
{
    public long CacheRead { get; }

    public long CacheWrite { get; }

    public decimal TotalCost { get; }

    public decimal InputCost { get; }

    public decimal OutputCost { get; }

    public decimal CacheReadCost { get; }

    public decimal CacheWriteCost { get; }
}

/// <summary>The tokens of the day <c>yyyy-MM-dd</c> (UTC).</summary>
public sealed record UsageDay(string Date, long Input, long Output, long TotalTokens, long MissingCostEntries) : UsageTotals(Input, Output, TotalTokens, MissingCostEntries);
