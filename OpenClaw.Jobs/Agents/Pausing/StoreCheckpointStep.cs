using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Agents.Pausing;

/// <summary>Stores the captured state as the agent's next checkpoint. Commits with its own checkpoint, so once.</summary>
public sealed class StoreCheckpointStep(TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var state = await context.OutputOfAsync<AgentState>("capture_state", cancellationToken);

        // The lock on the agent's row makes the number unique.
        await db.LockAgentAsync(context.AgentId, cancellationToken);
        var newest = await db.AgentCheckpoints.Where(checkpoint => checkpoint.AgentId == context.AgentId)
            .MaxAsync(checkpoint => (int?)checkpoint.Number, cancellationToken) ?? 0;
        var checkpoint = new AgentCheckpoint
        {
            Id = Guid.CreateVersion7(),
            AgentId = context.AgentId,
            Number = newest + 1,
            FormatVersion = AgentState.CurrentVersion,
            State = WorkflowJson.Write(state)!,
            WorkflowUuid = context.WorkflowUuid,
            CreatedAt = time.GetUtcNow(),
        };
        db.AgentCheckpoints.Add(checkpoint);
        return new { checkpoint = checkpoint.Number };
    }
}
