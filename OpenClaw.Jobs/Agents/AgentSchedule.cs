using OpenClaw.Data.Agents;

namespace OpenClaw.Jobs.Agents;

/// <summary>When an agent's heart beats next.</summary>
internal static class AgentSchedule
{
    /// <summary>Gives a running agent its next beat and takes it from any other.</summary>
    /// <remarks>A beat that is due sooner under the old settings stays where it is.</remarks>
    public static void Refresh(Agent agent, DateTimeOffset now)
    {
        if (agent.Status is not AgentStatus.Running || !agent.HeartbeatEnabled)
        {
            agent.NextHeartbeatAt = null;
            return;
        }

        var latest = now + agent.HeartbeatInterval;
        agent.NextHeartbeatAt = agent.NextHeartbeatAt is { } next && next > now && next < latest ? next : latest;
    }
}
