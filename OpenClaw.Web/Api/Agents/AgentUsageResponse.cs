using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Api.Agents;

/// <param name="DailyTokenCap">From the agent's configuration; null when it has none.</param>
/// <param name="TokensToday">Input and output together, since midnight UTC.</param>
/// <param name="Days">The last one first; days without a turn are absent.</param>
public sealed record AgentUsageResponse(long? DailyTokenCap, long TokensToday, IReadOnlyList<UsageDayResponse> Days)
{
    internal static AgentUsageResponse From(Agent agent, IReadOnlyList<AgentUsage> days, long today) => new(
        UsageLedger.CapOf(agent.Configuration),
        today,
        [.. days.Select(day => new UsageDayResponse(day.Day, day.Turns, day.InputTokens, day.OutputTokens))]);
}

/// <param name="Day">In UTC.</param>
/// <param name="Turns">Whose tokens the runtime knew.</param>
/// <param name="InputTokens">What the model read.</param>
/// <param name="OutputTokens">What it wrote.</param>
public sealed record UsageDayResponse(DateOnly Day, long Turns, long InputTokens, long OutputTokens);
