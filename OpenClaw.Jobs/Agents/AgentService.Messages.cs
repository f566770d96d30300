using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Agents;

public sealed partial class AgentService
{
    /// <summary>Stores a message to the agent; it is delivered now, or when the agent is back.</summary>
    public Task<Decision<AcceptedMessage>> SendMessageAsync(
        Guid id, NewMessage message, Caller caller, RequestKey? key, CancellationToken cancellationToken)
    {
        if (MessageRules.Check(message) is { } invalid)
        {
            return Task.FromResult<Decision<AcceptedMessage>>(invalid);
        }

        return decisions.DecideAsync<AcceptedMessage>(
            key,
            async db =>
            {
                if (await db.HoldAgentAsync(id, caller, cancellationToken) is not { } agent)
                {
                    return AgentNotFound(id);
                }

                if (agent.Status is AgentStatus.Stopped)
                {
                    return new Refusal.Conflict("wrong_status", $"Agent {id} is stopped and takes no messages.");
                }

                var (accepted, wasKnown) = await router.AcceptAsync(agent, message, db, cancellationToken);
                if (wasKnown && !message.Repeats(accepted, agent))
                {
                    return new Refusal.IdReused(accepted.MessageId);
                }

                return new AcceptedMessage(id, accepted.Id, accepted.WorkflowUuid, wasKnown) { Braked = BrakeStanding.IsWhy(accepted.StateReason) ? accepted.StateReason : null };
            },
            cancellationToken);
    }
}
