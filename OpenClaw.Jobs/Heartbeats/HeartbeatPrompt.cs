namespace OpenClaw.Jobs.Heartbeats;

/// <summary>What an agent is asked with each beat. <see cref="HeartbeatReply"/> reads the answer.</summary>
public static class HeartbeatPrompt
{
    public static string For(IReadOnlyList<string> checklist) => checklist.Count == 0
        ? $"This is your heartbeat. Answer {HeartbeatReply.AllWell} if nothing needs your owner's attention; else say what does."
        : $"""
            This is your heartbeat. Go through this checklist. Answer {HeartbeatReply.AllWell} if all is well; else answer with a line for each item, in the same order:
            <number>. ok, or <number>. attention: <what your owner should know>
            {string.Join('\n', checklist.Select((item, index) => $"{index + 1}. {item}"))}
            """;
}
