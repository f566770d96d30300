using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>All that we measure and trace. Names are stable: dashboards and alerts depend on them.</summary>
public static class OpenClawTelemetry
{
    /// <summary>Of the activity source and the meter.</summary>
    public const string Name = "OpenClaw";

    private static readonly ActivitySource Activities = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Started =
        Meter.CreateCounter<long>("openclaw.workflows.started", "{workflow}", "Workflows that were started.");

    private static readonly Counter<long> Ended =
        Meter.CreateCounter<long>("openclaw.workflows.ended", "{workflow}", "Workflows that ended while this process held them.");

    private static readonly Histogram<double> StepDuration =
        Meter.CreateHistogram<double>("openclaw.step.duration", "s", "Time that one attempt of a step took, checkpoint included.");

    private static readonly Histogram<double> BeatLateness =
        Meter.CreateHistogram<double>("openclaw.heartbeat.lateness", "s", "Time from when a beat was due to when it was started.");

    private static readonly Counter<long> Recovered =
        Meter.CreateCounter<long>("openclaw.recovery.workflows", "{workflow}", "Workflows that were taken over from processes that died.");

    public static void WorkflowStarted(string workflow, int count = 1) => Started.Add(count, Tag("workflow", workflow));

    public static void WorkflowEnded(string workflow, bool succeeded) => Ended.Add(1, Tag("workflow", workflow), Tag("succeeded", succeeded));

    public static void BeatStarted(TimeSpan late) => BeatLateness.Record(late.TotalSeconds);

    public static void WorkflowsRecovered(int count) => Recovered.Add(count);

    /// <summary>
    /// Traces one attempt of a step, as a child of the request that started the workflow however long ago; a repeated
    /// attempt is a sibling that says which one it is.
    /// </summary>
    public static StepTrace StartStep(StepClaim claim)
    {
        ActivityContext.TryParse(claim.Traceparent, null, isRemote: true, out var parent);
        var activity = Activities.StartActivity($"{claim.WorkflowName} {claim.StepName}", ActivityKind.Internal, parent);
        activity?.SetTag("openclaw.workflow.uuid", claim.WorkflowUuid)
            .SetTag("openclaw.workflow.name", claim.WorkflowName)
            .SetTag("openclaw.agent.id", claim.AgentId)
            .SetTag("openclaw.step.name", claim.StepName)
            .SetTag("openclaw.step.attempt", claim.Attempt);
        return new StepTrace(activity, claim, Stopwatch.GetTimestamp());
    }

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);

    /// <summary>One attempt under way; dispose it when it is over.</summary>
    public sealed class StepTrace(Activity? activity, StepClaim claim, long started) : IDisposable
    {
        private string _outcome = "failed";

        public void Completed() => _outcome = "completed";

        public void Dispose()
        {
            StepDuration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                Tag("workflow", claim.WorkflowName), Tag("step", claim.StepName), Tag("outcome", _outcome));
            activity?.SetStatus(_outcome == "completed" ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            activity?.Dispose();
        }
    }
}
