namespace OpenClaw.Demo;

/// <summary>One start of a step by one process; the kill ended it, or it came to its end.</summary>
internal sealed record Attempt(string Step, int Number, string ExecutorId, DateTimeOffset StartedAt, DateTimeOffset EndedAt, bool Killed)
{
    /// <summary>What the ledger says at the end, and before it what was under way when the process was killed.</summary>
    public static IReadOnlyList<Attempt> Of(IReadOnlyList<Step> atKill, DateTimeOffset killedAt, IReadOnlyList<Step> atEnd) =>
    [
        .. atKill.Where(step => step.IsUnderWay).Select(step => From(step, killedAt, killed: true))
            .Concat(atEnd.Where(step => step.IsDone).Select(step => From(step, step.CompletedAt!.Value, killed: false)))
            .OrderBy(attempt => attempt.StartedAt),
    ];

    private static Attempt From(Step step, DateTimeOffset endedAt, bool killed) =>
        new(step.FunctionName, step.Attempts, step.ExecutorId ?? "?", step.StartedAt!.Value, endedAt, killed);
}
