using System.Text.RegularExpressions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>An error as the ledger keeps it.</summary>
/// <param name="Code">A stable slug.</param>
/// <param name="Message">For people: what is wrong and what to do.</param>
/// <param name="Step">The step that failed, if one did.</param>
/// <param name="Type">The exception's type.</param>
/// <param name="Detail">The exception in full.</param>
public sealed partial record WorkflowError(string Code, string Message, string? Step = null, string? Type = null, string? Detail = null)
{
    // A stack trace or a reply quoted in a message must not make the ledger grow without bound.
    private const int MaxMessageLength = 4_000;
    private const int MaxDetailLength = 16_384;

    public static WorkflowError From(Exception exception, string step)
    {
        return new WorkflowError(
            (exception as StepFailedException)?.Code ?? (exception is TimeoutException ? "step_timed_out" : "step_failed"),
            ForeignText.Clean(exception.Message, MaxMessageLength),
            step,
            exception.GetType().FullName,
            ForeignText.Clean(exception.ToString(), MaxDetailLength));
    }

    /// <summary>The error of the last of several attempts: what was said of a further one becomes how many there were.</summary>
    public WorkflowError AfterTries(int failures)
    {
        var told = Further().Replace(Message, found => failures == 1 ? $"It was {found.Groups["done"]} once" : $"It was {found.Groups["done"]} {failures} times");
        return this with { Message = failures == 1 || told != Message ? told : $"{Message} It was tried {failures} times. Resume the workflow to try on." };
    }

    [GeneratedRegex(@"\bIt is (?<done>asked|tried) again\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Further();
}
