using OpenClaw.Data.Spending;

namespace OpenClaw.Jobs.Spending;

/// <summary>A budget that is in a turn's way.</summary>
/// <param name="Agent">Whose turn it is, by name.</param>
/// <param name="Owner">Whose agent.</param>
/// <param name="IsOfAgent">False for the budget of all the owner's agents.</param>
/// <param name="Period">Of the budget.</param>
/// <param name="Hard">The budget, in micro-units.</param>
/// <param name="Used">Spent in the period so far.</param>
/// <param name="Reserved">Held for turns under way.</param>
/// <param name="Wanted">What the turn may cost; null when its model has no price.</param>
/// <param name="Model"><c>provider/name</c>.</param>
/// <param name="BudgetId">Names the budget.</param>
/// <param name="SetAt">When it was set.</param>
/// <param name="From">The first day of its period.</param>
internal sealed record BudgetRefusal(
    string Agent, string Owner, bool IsOfAgent, BudgetPeriod Period, long Hard, long Used, long Reserved, long? Wanted, string Model, Guid BudgetId, DateTimeOffset SetAt, DateOnly From)
{
    public BudgetReachedException ToException() => new(Reason, Asks);

    private const long Cent = 10_000;

    public string Reason => Wanted is { } wanted ? ReasonOf(wanted) : $"{Model} has no price, so that the budget of {Whose} could not hold. Give it one on the page Spending or by PUT /api/v1/prices (0 for a model of your own), and resume the agent.";

    private string Whose => IsOfAgent ? Agent : $"all agents of {Owner}";

    // A price that is not there is no question of more money.
    private BudgetBreak? Asks => Wanted is { } wanted
        ? new(BudgetId, IsOfAgent, SetAt, Period, From, Enough(wanted), $"{Standing(wanted)}: raise the budget to {Money.Say(Enough(wanted))}, or wait until {BudgetTexts.Next(Period)} (UTC)?")
        : null;

    private string ReasonOf(long wanted) => $"{Standing(wanted)}: raise the budget to {Money.Say(Enough(wanted))}, or wait until {BudgetTexts.Next(Period)} (UTC), and resume the agent.";

    private string Standing(long wanted)
    {
        var reserved = Reserved == 0 ? "" : $", {Money.Say(Reserved)} is held for turns under way";
        var next = Used + Reserved >= Hard ? "" : $", and the next turn may take {Money.Say(wanted)}";
        return $"{(IsOfAgent ? $"{Agent} has" : $"All agents of {Owner} together have")} used {Money.Say(Used)} of {Money.Say(Hard)} {Money.Currency} {BudgetTexts.Now(Period)}{reserved}{next}";
    }

    // At least what this turn needs.
    private long Enough(long wanted) => (Math.Max(Hard * 8 / 5, Used + Reserved + wanted) + Cent - 1) / Cent * Cent;
}

/// <summary>Periods as people say them.</summary>
public static class BudgetTexts
{
    public static string Now(BudgetPeriod period) => period switch
    {
        BudgetPeriod.Day => "today",
        BudgetPeriod.Week => "this week",
        _ => "this month",
    };

    public static string Next(BudgetPeriod period) => period switch
    {
        BudgetPeriod.Day => "tomorrow",
        BudgetPeriod.Week => "Monday",
        _ => "the first of next month",
    };
}
