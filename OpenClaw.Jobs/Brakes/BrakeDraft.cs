using OpenClaw.Data.Brakes;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Brakes;

/// <summary>A brake as somebody wants it. Nothing in it is checked yet.</summary>
/// <param name="AgentId">Null for all agents of the owner.</param>
/// <param name="Mode">What it does.</param>
/// <param name="Reason">Why, for people; null for nothing.</param>
public sealed record BrakeDraft(Guid? AgentId, BrakeMode? Mode, string? Reason)
{
    /// <summary>Characters of a reason.</summary>
    public const int MaxReason = 200;

    /// <summary>Of all agents that there are, whosever they are.</summary>
    public bool IsOfEverything { get; init; }

    /// <summary>Null when all is well.</summary>
    public Refusal.Invalid? Check()
    {
        var errors = new Dictionary<string, string[]>();
        if (Mode is null)
        {
            errors["mode"] = ["mode must be no_new_turns (what is under way goes on) or abort (it is ended)."];
        }

        if (Reason is not null && (Reason.Length is 0 or > MaxReason || !ForeignText.IsLine(Reason)))
        {
            errors["reason"] = [$"reason may have 1 to {MaxReason} characters in one line."];
        }

        if (IsOfEverything && AgentId is not null)
        {
            errors["everything"] = ["A brake is of one agent (agent_id) or of everything, not of both."];
        }

        return errors.Count == 0 ? null : new Refusal.Invalid(errors);
    }
}
