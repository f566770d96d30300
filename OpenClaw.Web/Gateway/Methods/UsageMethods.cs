using System.Globalization;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>What agents' turns took, by day (UTC).</summary>
internal sealed class UsageMethods(UsageQueries usages, AgentLookup names, TargetResolver targets, TimeProvider time) : IGatewayMethods
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int DefaultDays = 30;
    private const int MaxDays = 366;

    public IEnumerable<GatewayMethod> All => [GatewayMethod.Of("usage.cost", Scopes.Read, CostAsync)];

    private async Task<UsageCost> CostAsync(GatewayCall call)
    {
        // Days are those of UTC, whatever the caller's clock: they are counted so.
        var given = call.Params("days", "range", "startDate", "endDate", "mode", "utcOffset", "timeZone", "agentId", "agentScope");
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var last = Day(given, "endDate") ?? today;
        var first = Day(given, "startDate") ?? last.AddDays(1 - DaysOf(given));
        if (first > last || last.DayNumber - first.DayNumber >= MaxDays)
        {
            throw given.Wrong($"at /startDate: must be before /endDate, and up to {MaxDays} days");
        }

        var days = await usages.ReadAsync(call.Caller.Owner, await AgentAsync(call, given), first, last, call.Cancelled);
        var (input, output, turns) = (days.Sum(day => day.InputTokens), days.Sum(day => day.OutputTokens), days.Sum(day => day.Turns));
        return new UsageCost(
            time.GetUtcNow().ToUnixTimeMilliseconds(),
            last.DayNumber - first.DayNumber + 1,
            [.. Enumerable.Range(first.DayNumber, last.DayNumber - first.DayNumber + 1).Select(number => DateOnly.FromDayNumber(number))
                .Select(day => Row(day, days.FirstOrDefault(used => used.Day == day) ?? new DayUsage(day, 0, 0, 0)))],
            new UsageTotals(input, output, input + output, turns));
    }

    // The default agent's when nobody says whose, as in the real gateway; null for all.
    private async Task<Guid?> AgentAsync(GatewayCall call, GatewayParams given) => (given.OptionalText("agentScope"), given.OptionalText("agentId")) switch
    {
        ("all", { Length: > 0 }) => throw GatewayException.Invalid("agentScope=all cannot be combined with agentId"),
        ("all", _) => null,
        (_, { Length: > 0 } name) => (await targets.AgentAsync(name, call.Caller, call.Cancelled)).Id,
        _ => (await names.FindAsync(AgentLookup.Main, call.Caller, call.Cancelled))?.Id,
    };

    private static UsageDay Row(DateOnly day, DayUsage used) => new(
        day.ToString(DayFormat, CultureInfo.InvariantCulture), used.InputTokens, used.OutputTokens, used.InputTokens + used.OutputTokens, used.Turns);

    private static int DaysOf(GatewayParams given) => given.OptionalText("range") switch
    {
        null => given.Number("days", DefaultDays, 1, MaxDays),
        "7d" => 7,
        "30d" => 30,
        "90d" => 90,
        "1y" or "all" => MaxDays,
        _ => throw given.Wrong("at /range: must be equal to one of the allowed values"),
    };

    private static DateOnly? Day(GatewayParams given, string name) =>
        given.OptionalText(name) is not { } text ? null
        : DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9_000 ? day
        : throw given.Wrong($"at /{name}: must be a day as 2027-01-31");
}
