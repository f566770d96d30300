using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Agents.ChangingRuntime;

/// <summary>
/// What a model of another runtime brings with it. It is no operation on the agent, which answers meanwhile: a runtime that
/// needs the agent to be known makes it known with its first turn.
/// </summary>
public static class ChangeRuntimeWorkflow
{
    public const string Name = "change_runtime";

    // A runtime that is restarting is back within a few minutes.
    private static readonly RetryPolicy RuntimeRetry = new(6, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    public static readonly WorkflowDefinition Definition = WorkflowDefinition.Chained(Name, version: 1, Queues.Agents)
        .External<ConnectNewRuntimeStep>("connect_runtime", RuntimeRetry, TimeSpan.FromMinutes(2))
        .Database<StoreConnectionStep>("store_connection")
        .External<LeaveRuntimeStep>("leave_runtime", RuntimeRetry)
        .WithHooks<ChangeRuntimeHooks>();
}

/// <summary>Stored with a change_runtime run.</summary>
/// <param name="OldModel">What the agent ran on before.</param>
/// <param name="OldRuntimeId">The name by which the runtime of that model knows the agent; null when it had not been told of it yet.</param>
public sealed record ChangeRuntimeRequest(string OldModel, string? OldRuntimeId);
