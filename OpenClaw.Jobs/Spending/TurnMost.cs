namespace OpenClaw.Jobs.Spending;

/// <summary>What a turn may take at most.</summary>
/// <param name="InputTokens">Of all that the model is shown; estimated, and rather too high.</param>
/// <param name="OutputTokens">Of its reply.</param>
public sealed record TurnMost(long InputTokens, long OutputTokens);
