namespace OpenClaw.Jobs.Notices;

/// <summary>What an owner can be told of. Stored in snake_case: never rename one.</summary>
public enum NoticeEvent
{
    AgentProvisioned,
    AgentFailed,
    AgentPaused,
    AgentResumed,
    AgentStopped,
    HeartbeatAlert,
    HeartbeatNote,
    HeartbeatsMissed,
    HeartbeatRecovered,
    WorkStarted,
    WorkProgress,
    WorkPullRequest,
    WorkTests,
    WorkDone,
    WorkFailed,
    BudgetReached,
    BudgetNear,
    WorkflowParked,
    MessageDead,
    HealthChanged,
    DeviceAsks,
    BridgeWaits,
    Question,
    SubscriptionDisabled,
    AgentLoops,
    SchedulePaused,
    NodeLost,
    NodeReturned,
}
