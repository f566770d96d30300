using OpenClaw.Jobs.ForeignInput;
namespace OpenClaw.Jobs.Notices;

/// <summary>The words in which owners are told: the first ones say who and what.</summary>
public static class NoticeTexts
{
    private const int LineRoom = 200;
    private const int MoreRoom = 24;

    public static string Write(OwnerNotice notice)
    {
        var (subject, detail) = (notice.Subject, notice.Detail);
        return notice.Event switch
        {
            NoticeEvent.AgentProvisioned => $"{subject} is up.",
            NoticeEvent.AgentPaused => $"{subject} is paused.",
            NoticeEvent.AgentResumed => $"{subject} is running again.",
            NoticeEvent.AgentStopped => $"{subject} has stopped.",
            NoticeEvent.HeartbeatsMissed => $"{subject} has missed {detail}",
            NoticeEvent.HeartbeatRecovered => $"{subject}'s heart beats again.",
            NoticeEvent.NodeLost or NoticeEvent.NodeReturned => $"{subject} {detail}",
            NoticeEvent.WorkStarted => $"{subject} has started on {detail}.",
            NoticeEvent.WorkPullRequest => $"{subject} opened a pull request: {detail}",
            NoticeEvent.WorkTests => $"{subject} ran the tests: {detail}",
            NoticeEvent.WorkDone => detail is null ? $"{subject} is done." : $"{subject} is done: {detail}",
            NoticeEvent.WorkFailed => $"{subject} could not do it: {detail}",
            NoticeEvent.BudgetReached => $"{subject} has reached its budget. {detail}",
            NoticeEvent.WorkflowParked => $"{subject} waits for you: {detail}",
            NoticeEvent.Question or NoticeEvent.AgentLoops => $"{subject} {detail}",
            _ => $"{subject}: {detail}",
        };
    }

    /// <summary>Several notices as one message, oldest first, each a line; of too many, the first ones, and how many more there are.</summary>
    /// <param name="texts">In order.</param>
    /// <param name="room">So many characters at most.</param>
    public static string Digest(IReadOnlyList<string> texts, int room)
    {
        var lines = new List<string> { $"{texts.Count} things happened:" };
        var left = room - lines[0].Length - MoreRoom;
        foreach (var line in texts.Select(text => "• " + ForeignText.Clean(text.ReplaceLineEndings(" "), LineRoom)).TakeWhile(line => (left -= line.Length + 1) >= 0))
        {
            lines.Add(line);
        }

        var more = texts.Count - (lines.Count - 1);
        return string.Join('\n', more == 0 ? lines : [.. lines, $"… and {more} more."]);
    }
}
