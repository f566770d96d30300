using OpenClaw.Data.Scheduling;

namespace OpenClaw.Jobs.Scheduling;

/// <summary>What a person decides about a prompt. Nothing in it is checked yet.</summary>
/// <param name="Name">For people.</param>
/// <param name="Message">What the agent is sent.</param>
/// <param name="Schedule">When.</param>
/// <param name="SessionKey">In which conversation; null for the agent's main one.</param>
/// <param name="Enabled">Otherwise it is kept, and sent only on demand.</param>
/// <param name="DeleteAfterRun">It is removed when it has been sent on schedule once.</param>
public sealed record PromptSettings(string Name, string Message, PromptSchedule Schedule, string? SessionKey, bool Enabled, bool DeleteAfterRun)
{
    internal static PromptSettings Of(ScheduledPrompt prompt) =>
        new(prompt.Name, prompt.Message, prompt.Schedule, prompt.SessionKey, prompt.Enabled, prompt.DeleteAfterRun);

    internal void ApplyTo(ScheduledPrompt prompt)
    {
        prompt.Name = Name;
        prompt.Message = Message;
        prompt.Schedule = Schedule;
        prompt.SessionKey = SessionKey;
        prompt.Enabled = Enabled;
        prompt.DeleteAfterRun = DeleteAfterRun;
    }
}
