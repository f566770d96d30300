using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>One beat: ask the agent to go through its checklist, record what it says, tell the owner if need be.</summary>
public static class HeartbeatWorkflow
{
    public const string Name = "heartbeat";

    // A beat that cannot be had soon is worth less than the next one.
    private static readonly RetryPolicy TurnRetry = new(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));

    // The turn itself has a limit of its own, and ends before the next beat.
    private static readonly TimeSpan WaitsInLine = TimeSpan.FromHours(24);

    public static readonly WorkflowDefinition Definition = WorkflowDefinition.Inline(Name, version: 1, Queues.Heartbeats)
        .Database<OpenExecutionStep>("open_execution")
        .External<RunChecklistStep>("run_checklist", TurnRetry, WaitsInLine)
        .Database<RecordResultsStep>("record_results")
        .Database<AlertIfNeededStep>("alert_if_needed")
        .Database<ScheduleNextStep>("schedule_next")
        .WithHooks<HeartbeatHooks>();
}

/// <summary>Stored with a heartbeat run.</summary>
/// <param name="DueAt">When it was to beat.</param>
/// <param name="OnDemand">A person asked for it; the schedule stays as it is.</param>
public sealed record HeartbeatRequest(DateTimeOffset DueAt, bool OnDemand);
