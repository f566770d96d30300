using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Tells in words what became of a run, why it stands where it stands, and what a person can do.</summary>
public sealed class WorkflowStories(WorkflowQueries workflows, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    // Of what happened; the rest is in the log of the workflow.
    private const int MostMoments = 20;

    // Of a reason in a list of what happened.
    private const int MaxReason = 300;

    public async Task<WorkflowStory> TellAsync(Workflow workflow, CancellationToken cancellationToken)
    {
        var steps = await workflows.StepsAsync(workflow.WorkflowUuid, cancellationToken);
        var events = await workflows.EventsAsync(workflow.WorkflowUuid, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var agent = workflow.AgentId is { } id ? await db.Agents.Where(one => one.Id == id).Select(one => one.Name).SingleOrDefaultAsync(cancellationToken) : null;
        var fork = await db.Workflows.Where(other => other.ForkedFrom == workflow.WorkflowUuid)
            .OrderByDescending(other => other.WorkflowUuid).Select(other => (Guid?)other.WorkflowUuid).FirstOrDefaultAsync(cancellationToken);
        var standing = new Standing(workflow, steps, events, time.GetUtcNow());
        return new WorkflowStory(About(workflow, agent), standing.Now, standing.Kept, [.. Moments(events)], fork is { } anew ? Forked(anew) : standing.ToDo);
    }

    private static string About(Workflow workflow, string? agent)
    {
        var whose = workflow.AgentId is null ? "" : $" of the agent {(agent is null ? workflow.AgentId.ToString() : $"\"{agent}\" ({workflow.AgentId})")}";
        return $"{workflow.Name} {workflow.WorkflowUuid}{whose}, begun {Instant(workflow.CreatedAt)}.";
    }

    private static string Forked(Guid fork) => $"Nothing: it was run anew as workflow {fork}. Ask about that one.";

    private static IEnumerable<string> Moments(List<WorkflowEvent> events)
    {
        if (events.Count > MostMoments)
        {
            yield return $"({events.Count - MostMoments} earlier entries are left out; they are in the workflow's events.)";
        }

        foreach (var entry in events.Skip(Math.Max(0, events.Count - MostMoments)))
        {
            var step = entry.Step is null ? "" : $" {entry.Step}";
            var reason = entry.Reason is null ? "" : $": {ForeignText.OneLine(entry.Reason, MaxReason)}";
            yield return $"{Instant(entry.CreatedAt)} {entry.Kind.Replace('_', ' ')}{step} (by {entry.Actor}){reason}";
        }
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How a run stands, from its rows.</summary>
    private sealed record Standing(Workflow Workflow, List<WorkflowStep> Steps, List<WorkflowEvent> Events, DateTimeOffset At)
    {
        private WorkflowStep? Next => Steps.Find(step => step.FunctionId == Workflow.NextStep);

        private string Place => Next is { } step ? $"step {step.FunctionName} ({step.FunctionId + 1} of {Steps.Count})" : "its next step";

        private WorkflowError? Error => Workflow.Error is null ? null : WorkflowJson.Read<WorkflowError>(Workflow.Error);

        public string Now => Workflow.Status switch
        {
            WorkflowStatus.Enqueued => $"It is accepted, and no step has started for {RoughTime.Of(At - Workflow.CreatedAt)}.",
            WorkflowStatus.Pending when Workflow.CancelRequestedAt is not null => $"It is to be cancelled, and ends when {Place} is over.",
            WorkflowStatus.Pending when Workflow.ExecutorId is { } executor => $"{executor} runs {Place}, since {RoughTime.Of(At - (Next?.StartedAt ?? Workflow.UpdatedAt))}.",
            WorkflowStatus.Pending when Next is { Failures: > 0 } step => $"It waits for the next attempt at {Place}. So far {Attempts(step.Failures)}{LastError(step)}",
            WorkflowStatus.Pending => $"It rests before {Place}, which is not due or waits for something.",
            WorkflowStatus.Success => $"It has succeeded, after {RoughTime.Of((Workflow.CompletedAt ?? At) - Workflow.CreatedAt)}.",
            WorkflowStatus.Cancelled => $"It was cancelled before {Place}. {Error?.Message}".TrimEnd(),
            WorkflowStatus.RetriesExceeded => $"It was given up at {Place}. {Error?.Message}".TrimEnd(),
            _ => $"It has failed at {Place}{(Next is { Failures: > 0 } step ? $", after {Attempts(step.Failures)}" : ":")} {Error?.Message ?? "no reason was given"}".TrimEnd(),
        };

        /// <summary>What is done for good.</summary>
        public string? Kept => Steps.Where(step => step.CompletedAt is not null).Select(step => step.FunctionName).ToList() is { Count: > 0 } done && Workflow.Status is not WorkflowStatus.Success
            ? $"Done and kept: {string.Join(", ", done)}."
            : null;

        public string ToDo => Workflow.Status switch
        {
            WorkflowStatus.Success => "Nothing.",
            WorkflowStatus.Enqueued or WorkflowStatus.Pending when Workflow.DueAt < At - OverdueAfter && Workflow.ExecutorId is null =>
                "It was due a while ago and nobody runs it: see that a process of the service is up, then recover the workflow.",
            WorkflowStatus.Enqueued or WorkflowStatus.Pending when Next is { Failures: > 0 } => "Nothing yet: it is tried again by itself. If you mend the cause, recover the workflow to have it tried at once.",
            WorkflowStatus.Enqueued or WorkflowStatus.Pending => "Nothing: it goes on by itself. Cancel it if it is not wanted any more.",
            WorkflowStatus.Cancelled => $"If that was not meant, resume the workflow: it goes on at {Place}.",
            WorkflowStatus.RetriesExceeded => $"Find out in the logs why processes ended at {Place}, mend it, then resume the workflow: it goes on there.",
            _ when Error?.Code is "deadline_exceeded" => $"Resume the workflow to try on at {Place}; it then has as much time again.",
            _ when Error?.Code is "unknown_step" or "unknown_workflow" => "Deploy a build that knows the workflow, then resume it.",
            _ => $"Mend what the reason says, then resume the workflow: it goes on at {Place}, and what is done stays done.",
        };

        private static readonly TimeSpan OverdueAfter = TimeSpan.FromMinutes(2);

        private static string Attempts(int failures) => failures == 1 ? "one attempt that failed:" : $"{failures} attempts that failed, the last one with:";

        private static string LastError(WorkflowStep step) => step.Error is null ? "" : $" {WorkflowJson.Read<WorkflowError>(step.Error).Message}";
    }
}

/// <summary>What became of a run, for people.</summary>
/// <param name="About">Which run.</param>
/// <param name="Now">How it stands, with the reason.</param>
/// <param name="Kept">What of it is done for good; null for nothing.</param>
/// <param name="Happened">Oldest first.</param>
/// <param name="ToDo">What a person can do.</param>
public sealed record WorkflowStory(string About, string Now, string? Kept, IReadOnlyList<string> Happened, string ToDo)
{
    public override string ToString() => string.Join(
        '\n',
        [About, Now, .. Kept is null ? Array.Empty<string>() : [Kept], $"What to do: {ToDo}", "What happened:", .. Happened.Select(moment => $"- {moment}")]);
}
