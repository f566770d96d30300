namespace OpenClaw.Jobs.Heartbeats;

/// <summary>What an agent is asked with each beat. <see cref="HeartbeatReply"/> reads the answer.</summary>
public static class HeartbeatPrompt
{
    /// <param name="checklist">What it is to look at.</param>
    /// <param name="changes">What its gates have seen change since it was last asked.</param>
    public static string For(IReadOnlyList<string> checklist, IReadOnlyList<string> changes) => changes.Count == 0
        ? For(checklist)
        : $"{For(checklist)}\n\nWhat has changed since you were last asked:\n{string.Join('\n', changes.Select(change => $"- {change}"))}";

    public static string For(IReadOnlyList<string> checklist) => checklist.Count == 0
        ? $"This is your heartbeat. Answer {HeartbeatReply.AllWell} if nothing needs your owner's attention; else say what does."
        : $"""
            This is your heartbeat. Go through this checklist. Answer {HeartbeatReply.AllWell} if all is well; else answer with a line for each item, in the same order:
            <number>. ok, or <number>. attention: <what your owner should know>
            {string.Join('\n', checklist.Select((item, index) => $"{index + 1}. {item}"))}
            """;
}
