using OpenClaw.Data.Commands;
using OpenClaw.Jobs.Commands.Language;

namespace OpenClaw.Jobs.Commands;

/// <summary>What came of a command, before it is stored.</summary>
/// <param name="Outcome">Its kind.</param>
/// <param name="Text">For the person to read.</param>
public sealed record CommandAnswer(CommandOutcome Outcome, string Text)
{
    public Command? Meaning { get; init; }

    public Guid? AgentId { get; init; }

    public Guid? WorkflowUuid { get; init; }

    /// <summary>What the person has to repeat before <see cref="Meaning"/> is done.</summary>
    public string? Code { get; init; }

    public static CommandAnswer Done(string text) => new(CommandOutcome.Done, text);

    public static CommandAnswer Answered(string text) => new(CommandOutcome.Answered, text);

    public static CommandAnswer Refused(string text) => new(CommandOutcome.Refused, text);

    public static CommandAnswer NotUnderstood(string question, IEnumerable<string> choices) =>
        new(CommandOutcome.NotUnderstood, string.Join('\n', [question, .. choices.Select(choice => $"• {choice}")]));
}
