using OpenClaw.Data.Agents;

namespace OpenClaw.Jobs.Agents;

/// <summary>When an agent's heart beats next. The sweep moves it on from beat to beat.</summary>
internal static class HeartbeatTiming
{
    /// <summary>Gives an agent its first beat, somewhere within an interval: agents that start together don't beat together.</summary>
    public static void Begin(Agent agent, DateTimeOffset now) =>
        agent.NextHeartbeatAt = agent.HeartbeatEnabled ? now + (agent.HeartbeatInterval * Random.Shared.NextDouble()) : null;

    /// <summary>Follows changed settings: a running agent has a next beat within the interval, any other has none.</summary>
    /// <remarks>
    /// A beat that is due sooner under the old settings stays where it is. Any other gets a place of its own within the
    /// interval: agents that are changed together don't beat together.
    /// </remarks>
    public static void Refresh(Agent agent, DateTimeOffset now)
    {
        if (agent.Status is not AgentStatus.Running || !agent.HeartbeatEnabled)
        {
            agent.NextHeartbeatAt = null;
            return;
        }

        if (agent.NextHeartbeatAt is not { } next || next > now + agent.HeartbeatInterval)
        {
            Begin(agent, now);
        }
    }
}
