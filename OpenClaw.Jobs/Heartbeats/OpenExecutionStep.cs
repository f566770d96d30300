using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Opens the beat's record; an agent that does not run any more is skipped. Commits with its checkpoint.</summary>
public sealed class OpenExecutionStep(TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        var beats = agent is { Status: AgentStatus.Running, Operation: null };
        var now = time.GetUtcNow();
        db.HeartbeatExecutions.Add(new HeartbeatExecution
        {
            Id = Guid.CreateVersion7(),
            AgentId = agent.Id,
            WorkflowUuid = context.WorkflowUuid,
            Status = beats ? HeartbeatStatus.Running : HeartbeatStatus.Skipped,
            Reason = beats ? null : "The agent was not running, or an operation was under way.",
            DueAt = context.Request<HeartbeatRequest>().DueAt,
            StartedAt = now,
            CompletedAt = beats ? null : now,
        });
        return new OpenedExecution(beats, agent.HeartbeatChecklist);
    }
}

/// <summary>Output of the step.</summary>
public sealed record OpenedExecution(bool Beats, IReadOnlyList<string> Checklist);
