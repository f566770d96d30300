namespace OpenClaw.Jobs.Spending;

/// <summary>A turn was not begun, because a budget might break.</summary>
/// <param name="reason">A sentence that says what to do.</param>
/// <param name="asks">What the owner can be asked about it; null where no answer would help.</param>
public sealed class BudgetReachedException(string reason, BudgetBreak? asks) : Exception(reason)
{
    public BudgetBreak? Asks { get; } = asks;
}
