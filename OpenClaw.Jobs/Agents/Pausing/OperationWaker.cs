using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Agents.Pausing;

/// <summary>Wakes an operation that waits until its agent's work has ended, when a run of the agent ends on this node. A slow look of the operation's own is the guarantee.</summary>
public sealed partial class OperationWaker(WorkflowClient workflows, ILogger<OperationWaker> logger) : IWorkflowObserver
{
    private readonly ConcurrentDictionary<Guid, Guid> _waiting = new();

    /// <summary>The operation waits for the agent.</summary>
    public void Await(Guid agentId, Guid operation) => _waiting[agentId] = operation;

    public void On(StepMoment moment, StepClaim claim)
    {
        if (moment is StepMoment.Succeeded or StepMoment.Ended
            && !_waiting.IsEmpty && claim.AgentId is { } agent && _waiting.TryRemove(agent, out var operation) && operation != claim.WorkflowUuid)
        {
            _ = Task.Run(() => WakeAsync(operation));
        }
    }

    private async Task WakeAsync(Guid operation)
    {
        try
        {
            await workflows.WakeAsync(operation, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotWoken(logger, operation, exception.Message);
        }
    }

    [LoggerMessage(EventId = 1141, Level = LogLevel.Debug, Message = "Workflow {WorkflowUuid} was not woken; it looks again by itself. {Reason}")]
    private static partial void LogNotWoken(ILogger logger, Guid workflowUuid, string reason);
}
