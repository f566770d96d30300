using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conversations;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Messages;

namespace OpenClaw.Jobs.Agents.Pausing;

/// <summary>Reads the agent's whole state into the step's output. Reads only.</summary>
public sealed class CaptureStateStep : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        var address = MessageRouter.AddressOf(agent);
        var messages = db.Messages.Where(message => message.AgentId == agent.Id);
        return new AgentState
        {
            Model = agent.Model,
            Persona = agent.Persona,
            HeartbeatEnabled = agent.HeartbeatEnabled,
            HeartbeatInterval = agent.HeartbeatInterval,
            HeartbeatChecklist = agent.HeartbeatChecklist,
            HeartbeatActiveHours = agent.HeartbeatActiveHours,
            Configuration = agent.Configuration,
            UntilNextHeartbeat = agent.NextHeartbeatAt - await db.NowAsync(cancellationToken),
            RuntimeId = agent.OpenclawAgentId,
            ConversationPosition = await messages.Where(message => message.State == MessageState.Delivered)
                .MaxAsync(message => (long?)message.Sequence, cancellationToken),
            ConversationTurn = await db.Set<ConversationTurn>().Where(turn => turn.AgentId == agent.Id).MaxAsync(turn => (long?)turn.Id, cancellationToken) ?? 0,
            PendingMessages = await messages.Where(message => message.State == MessageState.Accepted && message.Recipient == address)
                .OrderBy(message => message.Sequence).Select(message => message.Id).ToListAsync(cancellationToken),
            ParkedMessages = await messages.Where(message => message.State == MessageState.Parked && message.Recipient == address)
                .OrderBy(message => message.Sequence).Select(message => message.Id).ToListAsync(cancellationToken),
            WorkflowsInFlight = await db.Workflows
                .Where(workflow => workflow.AgentId == agent.Id && workflow.WorkflowUuid != context.WorkflowUuid
                    && (workflow.Status == WorkflowStatus.Enqueued || workflow.Status == WorkflowStatus.Pending))
                .Select(workflow => workflow.WorkflowUuid).ToListAsync(cancellationToken),
        };
    }
}
