using OpenClaw.Jobs.Engine;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Workflows;

/// <param name="Name">The workflow.</param>
/// <param name="Total">Ended in the window, and pending.</param>
/// <param name="Succeeded">Ended with SUCCESS.</param>
/// <param name="Failed">Ended with ERROR or RETRIES_EXCEEDED.</param>
/// <param name="Cancelled">Ended with CANCELLED.</param>
/// <param name="Pending">Not ended, now.</param>
/// <param name="SuccessRate">0 to 1, of those that succeeded or failed; null when there are none.</param>
/// <param name="AverageMs">From start to end, waits included.</param>
/// <param name="P50Ms">Percentiles are right to within 12 %.</param>
/// <param name="P95Ms">95 of 100 took no longer.</param>
/// <param name="P99Ms">99 of 100 took no longer.</param>
public sealed record WorkflowFiguresResponse(
    string Name, long Total, long Succeeded, long Failed, long Cancelled, long Pending, double? SuccessRate, double? AverageMs, double? P50Ms, double? P95Ms, double? P99Ms);

/// <param name="WindowSeconds">How far back it looks.</param>
/// <param name="Workflows">By name.</param>
public sealed record WorkflowMetricsResponse(double WindowSeconds, IReadOnlyList<WorkflowFiguresResponse> Workflows)
{
    internal const string WindowRule = "window must be a duration of up to 30 days, for example 15m, 24h or P7D.";

    private static readonly TimeSpan Usual = TimeSpan.FromHours(24);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>How far back is looked; null for what is no window.</summary>
    internal static TimeSpan? WindowOf(string? text) =>
        (text is null ? Usual : IntervalText.Read(text)) is { } window && window > TimeSpan.Zero && window <= Longest ? window : null;

    internal static WorkflowMetricsResponse From(TimeSpan window, IEnumerable<WorkflowFigures> figures) => new(
        window.TotalSeconds,
        [.. figures.Select(f => new WorkflowFiguresResponse(f.Name, f.Total, f.Succeeded, f.Failed, f.Cancelled, f.Pending, f.SuccessRate, f.AverageMs, f.P50Ms, f.P95Ms, f.P99Ms))]);
}
