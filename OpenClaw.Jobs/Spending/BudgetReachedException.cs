namespace OpenClaw.Jobs.Spending;

/// <summary>A turn was not begun, because a budget might break.</summary>
/// <param name="reason">A sentence that says what to do.</param>
public sealed class BudgetReachedException(string reason) : Exception(reason);
