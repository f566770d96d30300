using OpenClaw.Data.Spending;

namespace OpenClaw.Jobs.Spending;

/// <summary>A budget that a turn would have broken, and what its owner is asked. Stored with the step that was refused.</summary>
/// <param name="BudgetId">The budget.</param>
/// <param name="IsOfAgent">False for the budget of all the owner's agents.</param>
/// <param name="SetAt">When it was set: one that has been changed since breaks anew.</param>
/// <param name="Period">Of the budget.</param>
/// <param name="From">The first day of the period.</param>
/// <param name="RaiseTo">In micro-units: what it can be raised to.</param>
/// <param name="Text">The question.</param>
public sealed record BudgetBreak(Guid BudgetId, bool IsOfAgent, DateTimeOffset SetAt, BudgetPeriod Period, DateOnly From, long RaiseTo, string Text)
{
    /// <summary>The same break of a budget is one question, whichever turns, agents and nodes meet it.</summary>
    internal string Key => $"budget:{BudgetId}:{From:yyyy-MM-dd}:{SetAt.UtcTicks}";

    internal string Raise => $"Raise to {Money.Say(RaiseTo)} {Money.Currency}";

    internal string Wait => $"Wait until {BudgetTexts.Next(Period)}";

    /// <summary>When the period is over.</summary>
    internal DateTimeOffset Until => new(Next.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private DateOnly Next => Period switch
    {
        BudgetPeriod.Day => From.AddDays(1),
        BudgetPeriod.Week => From.AddDays(7),
        _ => From.AddMonths(1),
    };
}
