using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents.Pausing;
using OpenClaw.Jobs.Agents.Provisioning;
using OpenClaw.Jobs.Agents.Resuming;
using OpenClaw.Jobs.Agents.Stopping;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Agents;

/// <summary>The lifecycle operations as workflows. Every step is a Hangfire job, so that a person can watch and requeue it.</summary>
public static class LifecycleWorkflows
{
    // A runtime that is restarting is back within a few minutes.
    private static readonly RetryPolicy RuntimeRetry = new(6, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    public static readonly WorkflowDefinition Provision = Define("provision_agent")
        .Database<ValidateStep>("validate")
        .Database<StoreMetadataStep>("store_metadata")
        .External<ConnectRuntimeStep>("connect_runtime", RuntimeRetry, TimeSpan.FromMinutes(2))
        .Database<StartHeartbeatStep>("start_heartbeat")
        .Database<MarkProvisionedStep>("mark_running");

    public static readonly WorkflowDefinition Pause = Define("pause_agent")
        .Database<QuiesceStep>("quiesce")
        .Database<CaptureStateStep>("capture_state")
        .Database<StoreCheckpointStep>("store_checkpoint")
        .Database<MarkPausedStep>("mark_paused");

    public static readonly WorkflowDefinition Resume = Define("resume_agent")
        .Database<LoadCheckpointStep>("load_checkpoint")
        .Database<RestoreStateStep>("restore_state")
        .External<ConnectRuntimeStep>("reconnect_runtime", RuntimeRetry, TimeSpan.FromMinutes(2))
        .Database<RestartHeartbeatStep>("restart_heartbeat")
        .Database<MarkResumedStep>("mark_running")
        .Database<DeliverParkedStep>("deliver_parked");

    public static readonly WorkflowDefinition Stop = Define("stop_agent")
        .Database<QuiesceStep>("quiesce")
        .External<DisconnectRuntimeStep>("disconnect_runtime", RuntimeRetry)
        .Database<MarkStoppedStep>("mark_stopped");

    internal static string NameOf(AgentOperation operation) => operation switch
    {
        AgentOperation.Provision => Provision.Name,
        AgentOperation.Pause => Pause.Name,
        AgentOperation.Resume => Resume.Name,
        AgentOperation.Stop => Stop.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    internal static AgentOperation OperationOf(string workflow) =>
        Enum.GetValues<AgentOperation>().First(operation => NameOf(operation) == workflow);

    private static WorkflowDefinition Define(string name) =>
        WorkflowDefinition.Chained(name, version: 1, Queues.Agents).WithHooks<LifecycleHooks>();
}
