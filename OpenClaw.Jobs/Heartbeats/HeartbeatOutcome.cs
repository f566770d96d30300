using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Messaging;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>What a beat's end means for its agent: failures in a row make it degraded, a success clears that. The owner hears of both once.</summary>
public sealed class HeartbeatOutcome(MessageRouter router)
{
    /// <summary>So many failures in a row mark an agent degraded.</summary>
    public const int FailuresUntilDegraded = 3;

    /// <param name="agent">Its row is locked by the caller.</param>
    /// <param name="execution">The beat, ended.</param>
    /// <param name="key">The same whenever this is repeated.</param>
    /// <param name="now">The database's clock.</param>
    /// <param name="db">Where the messages to the owner go.</param>
    public void Apply(Agent agent, HeartbeatExecution execution, string key, DateTimeOffset now, OpenClawDbContext db)
    {
        switch (execution.Status)
        {
            case HeartbeatStatus.Failed:
                Fail(agent, execution, key, now, db);
                break;
            case HeartbeatStatus.Ok or HeartbeatStatus.Alert:
                Succeed(agent, key, db);
                break;
        }

        if (execution.Status is HeartbeatStatus.Alert)
        {
            router.TellOwner(agent, $"{key}:alert", $"{agent.Name}: {execution.Reason}", db);
        }
    }

    private void Fail(Agent agent, HeartbeatExecution execution, string key, DateTimeOffset now, OpenClawDbContext db)
    {
        agent.HeartbeatFailures++;
        if (agent.HeartbeatFailures >= FailuresUntilDegraded && agent.DegradedAt is null)
        {
            agent.DegradedAt = now;
            router.TellOwner(agent, $"{key}:degraded", $"{agent.Name} has missed {agent.HeartbeatFailures} heartbeats in a row: {execution.Reason}", db);
        }
    }

    private void Succeed(Agent agent, string key, OpenClawDbContext db)
    {
        if (agent.DegradedAt is not null)
        {
            router.TellOwner(agent, $"{key}:recovered", $"{agent.Name}'s heart beats again.", db);
        }

        agent.HeartbeatFailures = 0;
        agent.DegradedAt = null;
    }
}
