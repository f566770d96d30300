using OpenClaw.Data.Workflows;
using OpenClaw.Web.Dashboard.Pages;

namespace OpenClaw.Web.Dashboard.Parts.Charts;

/// <summary>
/// When each step of a run waited, ran, failed and was tried again, on one axis. Time in which the run had ended and nobody had
/// resumed it yet is folded: it says nothing of the run, and may be a thousand times as long.
/// </summary>
public sealed record Timeline(DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<Lane> Lanes, IReadOnlyList<Gap> Gaps)
{
    // What a folded gap takes of the axis, beside the time in which something went on.
    private const double GapShare = 0.04;

    /// <summary>Without the time in which nobody had resumed it.</summary>
    public TimeSpan Length => End - Start - Idle is var length && length > TimeSpan.Zero ? length : TimeSpan.FromMilliseconds(1);

    public TimeSpan Idle => TimeSpan.FromTicks(Gaps.Sum(gap => (gap.End - gap.Start).Ticks));

    /// <summary>Where an instant stands between start (0) and end (1).</summary>
    public double At(DateTimeOffset instant)
    {
        var at = (instant - Start) / Length;
        foreach (var gap in Gaps)
        {
            var within = Math.Clamp((instant - gap.Start) / (gap.End - gap.Start), 0, 1);
            at += within * (GapShare - (gap.End - gap.Start) / Length);
        }

        return Math.Clamp(at / (1 + GapShare * Gaps.Count), 0, 1);
    }

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

        lanes = [.. lanes.Select(lane => lane with { Spans = [.. lane.Spans.SelectMany(span => Outside(span, GapsOf(detail)))] })];
        var last = lanes.SelectMany(lane => lane.Spans).Select(span => span.End).Append(run.CreatedAt).Max();
        return new Timeline(run.CreatedAt, run.CompletedAt is { } completed && completed > last ? completed : last, lanes, [.. GapsOf(detail)]);
    }

    private static IEnumerable<Gap> GapsOf(WorkflowDetail detail)
    {
        DateTimeOffset? ended = null;
        foreach (var entry in detail.Events.OrderBy(entry => entry.Seq))
        {
            if (entry.Kind is WorkflowEventKind.Failed or WorkflowEventKind.RetriesExceeded or WorkflowEventKind.Cancelled)
            {
                ended = entry.CreatedAt;
            }
            else if (entry.Kind is WorkflowEventKind.Resumed && ended is { } end && entry.CreatedAt > end)
            {
                yield return new Gap(end, entry.CreatedAt);
                ended = null;
            }
        }
    }

    // A step that waits does not wait for itself while its run has ended.
    private static IEnumerable<Span> Outside(Span span, IEnumerable<Gap> gaps)
    {
        if (span.State != Span.Waiting)
        {
            return [span];
        }

        var rest = new List<Span>();
        var from = span.Start;
        foreach (var gap in gaps.Where(gap => gap.Start < span.End && gap.End > span.Start))
        {
            rest.Add(span with { Start = from, End = gap.Start });
            from = gap.End;
        }

        rest.Add(span with { Start = from });
        return rest.Where(part => part.End > part.Start);
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

/// <summary>When a run had ended and was not resumed yet.</summary>
public sealed record Gap(DateTimeOffset Start, DateTimeOffset End);

/// <summary>What a step was doing for a while.</summary>
public sealed record Span(string State, DateTimeOffset Start, DateTimeOffset End)
{
    public const string Waiting = "waiting";
    public const string Running = "pending";
    public const string Failed = "failed";
    public const string Success = "success";

    public static readonly IReadOnlyList<string> States = [Waiting, Running, Failed, Success];

    public TimeSpan Length => End - Start;
}
