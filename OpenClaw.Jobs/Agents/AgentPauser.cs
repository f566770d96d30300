using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Agents;

/// <summary>Has agents paused by the service itself, in the transaction that finds that they must be.</summary>
public sealed class AgentPauser(WorkflowClient workflows, TimeProvider time)
{
    /// <summary>Begins a pause, unless something else is done with the agent already.</summary>
    /// <param name="agent">Its row is locked; saved by the caller.</param>
    /// <param name="question">Whose answer resumes it; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PauseAsync(Agent agent, Guid? question, CancellationToken cancellationToken)
    {
        if (AgentTransitions.Check(agent, AgentOperation.Pause) is null)
        {
            var pause = new WorkflowStart(LifecycleWorkflows.Pause.Name, agent.UserId, new PauseRequest { Question = question }) { AgentId = agent.Id };
            AgentTransitions.Begin(agent, AgentOperation.Pause, pause.WorkflowUuid, time.GetUtcNow());
            await workflows.StartAsync(pause, cancellationToken);
        }
    }
}
