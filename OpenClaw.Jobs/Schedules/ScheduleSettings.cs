using OpenClaw.Data.Schedules;

namespace OpenClaw.Jobs.Schedules;

/// <summary>What a person decides about a prompt. Nothing in it is checked yet.</summary>
/// <param name="Name">For people.</param>
/// <param name="Message">What the agent is sent.</param>
/// <param name="Schedule">When.</param>
/// <param name="SessionKey">In which conversation; null for the agent's main one.</param>
/// <param name="Enabled">Otherwise it is kept, and sent only on demand.</param>
/// <param name="DeleteAfterRun">It is removed when it has been sent on schedule once.</param>
public sealed record ScheduleSettings(string Name, string Message, ScheduleTiming Schedule, string? SessionKey, bool Enabled, bool DeleteAfterRun)
{
    /// <summary>For people; null for none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>For people; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>Kept and shown; null for none.</summary>
    public string? Thinking { get; init; }

    /// <summary>An address of a channel to which the reply goes; null: it stays in the conversation.</summary>
    public string? DeliverTo { get; init; }

    public ScheduleOverlap Overlap { get; init; }

    /// <summary>How late it is sent at most; null: however late.</summary>
    public TimeSpan? CatchUp { get; init; }

    /// <summary>Of times that were missed in a row so many are sent, the last ones; null for one.</summary>
    public int? CatchUpRuns { get; init; }

    /// <summary>It is switched off when so many in a row have failed; null: never.</summary>
    public int? PauseAfter { get; init; }

    internal static ScheduleSettings Of(AgentSchedule prompt) =>
        new(prompt.Name, prompt.Message, prompt.Schedule, prompt.SessionKey, prompt.Enabled, prompt.DeleteAfterRun)
        {
            DisplayName = prompt.DisplayName,
            Description = prompt.Description,
            Thinking = prompt.Thinking,
            DeliverTo = prompt.DeliverTo,
            Overlap = prompt.Overlap,
            CatchUp = prompt.CatchUp,
            CatchUpRuns = prompt.CatchUpRuns,
            PauseAfter = prompt.PauseAfter,
        };

    internal void ApplyTo(AgentSchedule prompt)
    {
        prompt.Name = Name;
        prompt.Message = Message;
        prompt.Schedule = Schedule;
        prompt.SessionKey = SessionKey;
        prompt.Enabled = Enabled;
        prompt.DeleteAfterRun = DeleteAfterRun;
        prompt.DisplayName = DisplayName;
        prompt.Description = Description;
        prompt.Thinking = Thinking;
        prompt.DeliverTo = DeliverTo;
        prompt.Overlap = Overlap;
        prompt.CatchUp = CatchUp;
        prompt.CatchUpRuns = CatchUpRuns;
        prompt.PauseAfter = PauseAfter;
    }
}
