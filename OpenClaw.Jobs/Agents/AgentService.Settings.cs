using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Decisions;

namespace OpenClaw.Jobs.Agents;

public sealed partial class AgentService
{
    /// <summary>Changes settings; the heartbeat's schedule follows at once.</summary>
    public Task<Decision<Guid>> UpdateSettingsAsync(Guid id, AgentSettings settings, Caller caller, CancellationToken cancellationToken)
    {
        if (AgentRules.Check(settings) is { } invalid)
        {
            return Task.FromResult<Decision<Guid>>(invalid);
        }

        return decisions.DecideAsync<Guid>(
            key: null,
            async db =>
            {
                if (await db.LockAgentAsync(id, caller, cancellationToken) is not { } agent)
                {
                    return AgentNotFound(id);
                }

                if (agent.Status is AgentStatus.Stopped)
                {
                    return new Refusal.Conflict("wrong_status", $"Agent {id} is stopped; its settings are kept as they were.");
                }

                Apply(agent, settings);
                AgentSchedule.Refresh(agent, await db.NowAsync(cancellationToken));
                agent.UpdatedAt = time.GetUtcNow();
                Audit(db, caller, "agent.settings", id);
                return id;
            },
            cancellationToken);
    }

    private static void Apply(Agent agent, AgentSettings settings)
    {
        agent.Name = settings.Name ?? agent.Name;
        agent.Persona = settings.Persona ?? agent.Persona;
        agent.Model = settings.Model ?? agent.Model;
        agent.HeartbeatEnabled = settings.HeartbeatEnabled ?? agent.HeartbeatEnabled;
        agent.HeartbeatInterval = settings.HeartbeatInterval ?? agent.HeartbeatInterval;
        agent.HeartbeatChecklist = settings.HeartbeatChecklist is { } checklist ? [.. checklist.OfType<string>()] : agent.HeartbeatChecklist;
        agent.HeartbeatActiveHours = settings.HeartbeatActiveHours ?? agent.HeartbeatActiveHours;
        agent.Configuration = settings.Configuration ?? agent.Configuration;
    }
}
