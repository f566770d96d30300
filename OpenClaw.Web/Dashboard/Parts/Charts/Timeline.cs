using OpenClaw.Data.Workflows;
using OpenClaw.Web.Dashboard.Pages;

namespace OpenClaw.Web.Dashboard.Parts.Charts;

/// <summary>When each step of a run waited, ran, failed and was tried again, on one axis.</summary>
public sealed record Timeline(DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<Lane> Lanes)
{
    public TimeSpan Length => End > Start ? End - Start : TimeSpan.FromMilliseconds(1);

    /// <summary>Where an instant stands between start (0) and end (1).</summary>
    public double At(DateTimeOffset instant) => Math.Clamp((instant - Start) / Length, 0, 1);

    public static Timeline Of(WorkflowDetail detail, DateTimeOffset now)
    {
        var run = detail.Workflow;
        var lanes = new List<Lane>();
        var free = run.CreatedAt;
        foreach (var step in detail.Steps)
        {
            lanes.Add(new Lane(step, [.. Spans(detail, step, free, now).Where(span => span.End > span.Start || span.State == Span.Success)]));
            free = step.CompletedAt is { } end && end > free ? end : free;
        }

        var last = lanes.SelectMany(lane => lane.Spans).Select(span => span.End).Append(run.CreatedAt).Max();
        return new Timeline(run.CreatedAt, run.CompletedAt is { } completed && completed > last ? completed : last, lanes);
    }

    // The ledger keeps the start of the last attempt only; an earlier one began when the one before was over.
    private static IEnumerable<Span> Spans(WorkflowDetail detail, WorkflowStep step, DateTimeOffset free, DateTimeOffset now)
    {
        if (step.StartedAt is not { } lastStart || detail.IsTakenOver(step))
        {
            yield break;
        }

        var failures = detail.Events.Where(entry => entry.Step == step.FunctionName
            && entry.Kind is WorkflowEventKind.StepFailed or WorkflowEventKind.StepInterrupted).ToList();
        foreach (var (index, failure) in failures.Index())
        {
            var start = lastStart > free && lastStart < failure.CreatedAt ? lastStart : free;
            yield return new Span(Span.Waiting, free, start);
            yield return new Span(Span.Failed, start, failure.CreatedAt);
            free = failure.CreatedAt;
            if (index + 1 < failures.Count && WorkflowDetail.RetryIn(failure) is { } wait && free + wait < failures[index + 1].CreatedAt)
            {
                yield return new Span(Span.Waiting, free, free + wait);
                free += wait;
            }
        }

        if (step.CompletedAt is { } end)
        {
            yield return new Span(Span.Waiting, free, lastStart);
            // Steps that commit together have one start and about one end.
            var start = lastStart > free ? lastStart : free;
            yield return new Span(Span.Success, start < end ? start : end, end);
        }
        else if (detail.IsOpen && step.FunctionId == detail.Workflow.NextStep)
        {
            var runs = detail.Workflow.ExecutorId is not null && lastStart >= free;
            yield return new Span(Span.Waiting, free, runs ? lastStart : now);
            yield return new Span(Span.Running, lastStart, runs ? now : lastStart);
        }
    }
}

/// <summary>One step's.</summary>
public sealed record Lane(WorkflowStep Step, IReadOnlyList<Span> Spans);

/// <summary>What a step was doing for a while.</summary>
public sealed record Span(string State, DateTimeOffset Start, DateTimeOffset End)
{
    public const string Waiting = "waiting";
    public const string Running = "pending";
    public const string Failed = "failed";
    public const string Success = "success";

    public TimeSpan Length => End - Start;
}
