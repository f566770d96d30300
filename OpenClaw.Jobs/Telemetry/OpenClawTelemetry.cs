using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Messages;

namespace OpenClaw.Jobs.Telemetry;

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

    private static readonly Histogram<double> RecoveryDetection =
        Meter.CreateHistogram<double>("openclaw.recovery.detection", "s", "Time from the last beat of a process to when it was found dead.");

    private static readonly Histogram<double> RecoveryRestart =
        Meter.CreateHistogram<double>("openclaw.recovery.restart", "s", "Time from when a process was found dead to when a step of its was started again.");

    private static readonly Histogram<double> WorkflowDuration =
        Meter.CreateHistogram<double>("openclaw.workflow.duration", "s", "Time from the start of a workflow to its end, waits included.");

    private static readonly Counter<long> Deliveries =
        Meter.CreateCounter<long>("openclaw.messages.deliveries", "{message}", "Deliveries of messages to agents that ended.");

    private static readonly Gauge<double> QueueAge =
        Meter.CreateGauge<double>("openclaw.queue.age", "s", "How long the first job of a queue has waited, at the last health check.");

    private static readonly UpDownCounter<long> Connections =
        Meter.CreateUpDownCounter<long>("openclaw.gateway.connections", "{connection}", "Clients that are connected to this node's gateway.");

    private static readonly Gauge<long> BrakesOn =
        Meter.CreateGauge<long>("openclaw.brakes", "{brake}", "Brakes that keep turns from beginning, as this node knows them.");

    private static readonly Gauge<long> ProviderResting =
        Meter.CreateGauge<long>("openclaw.provider.resting", "1", "1 while a provider of models is left alone because it failed, as this node knows it.");

    private static readonly Counter<long> ProviderOutages =
        Meter.CreateCounter<long>("openclaw.provider.outages", "{outage}", "Questions to a provider of models that it was too busy for, or that nobody answered.");

    private static readonly Counter<long> Fallbacks =
        Meter.CreateCounter<long>("openclaw.turns.fallbacks", "{turn}", "Turns that another model answered than the agent's own.");

    private static readonly Counter<long> JobsEnded =
        Meter.CreateCounter<long>("openclaw.jobs.ended", "{job}", "Hangfire jobs that this process performed.");

    public static void JobEnded(bool succeeded) => JobsEnded.Add(1, Tag("succeeded", succeeded));

    public static void WorkflowStarted(string workflow, int count = 1) => Started.Add(count, Tag("workflow", workflow));

    public static void WorkflowEnded(StepClaim claim, bool succeeded)
    {
        Ended.Add(1, Tag("workflow", claim.WorkflowName), Tag("succeeded", succeeded));
        WorkflowDuration.Record(claim.Age.TotalSeconds, Tag("workflow", claim.WorkflowName), Tag("succeeded", succeeded));
        if (claim.WorkflowName == RouteMessageWorkflow.Name)
        {
            Deliveries.Add(1, Tag("outcome", succeeded ? "delivered" : "failed"));
        }
    }

    public static void BeatStarted(TimeSpan late) => BeatLateness.Record(late.TotalSeconds);

    public static void WorkflowsRecovered(int count, TimeSpan silence)
    {
        Recovered.Add(count);
        RecoveryDetection.Record(silence.TotalSeconds);
    }

    public static void StepRestarted(TimeSpan after) => RecoveryRestart.Record(after.TotalSeconds);

    public static void QueueLooked(string queue, TimeSpan age) => QueueAge.Record(age.TotalSeconds, Tag("queue", queue));

    public static void BrakesLooked(int on) => BrakesOn.Record(on);

    public static void ProviderLooked(string provider, bool isResting) => ProviderResting.Record(isResting ? 1 : 0, Tag("provider", provider));

    public static void ProviderFailed(string provider, string code) => ProviderOutages.Add(1, Tag("provider", provider), Tag("code", code));

    public static void FellBack(string from, string to) => Fallbacks.Add(1, Tag("from", from), Tag("to", to));

    public static void GatewayConnected() => Connections.Add(1);

    public static void GatewayDisconnected() => Connections.Add(-1);

    /// <summary>Traces one request of a gateway client: each is a trace of its own, however long the connection lasts.</summary>
    public static Activity? StartRequest(string method)
    {
        Activity.Current = null;
        return Activities.StartActivity($"gateway {method}", ActivityKind.Server);
    }

    /// <summary>
    /// Traces one attempt of a step, as a child of the request that started the workflow however long ago; a repeated
    /// attempt is a sibling that says which one it is and links to those before.
    /// </summary>
    public static StepTrace StartStep(StepClaim claim, IEnumerable<string> earlier)
    {
        ActivityContext.TryParse(claim.Traceparent, null, isRemote: true, out var parent);
        var links = earlier.Select(traceparent => ActivityContext.TryParse(traceparent, null, isRemote: true, out var attempt) ? attempt : default)
            .Where(attempt => attempt != default).Select(attempt => new ActivityLink(attempt));
        var activity = Activities.StartActivity($"{claim.WorkflowName} {claim.StepName}", ActivityKind.Internal, parent, links: links);
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
