using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Agents.Pausing;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Agents.Resuming;

/// <summary>Finds the checkpoint to go on from: the one that was asked for, or the newest. Reads only.</summary>
public sealed class LoadCheckpointStep : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var asked = context.Request<ResumeRequest>().Checkpoint;
        var checkpoint = await db.AgentCheckpoints.AsNoTracking()
            .Where(checkpoint => checkpoint.AgentId == context.AgentId && (asked == null || checkpoint.Number == asked))
            .OrderByDescending(checkpoint => checkpoint.Number)
            .FirstOrDefaultAsync(cancellationToken);
        if (checkpoint is null)
        {
            throw new StepFailedException("checkpoint_not_found", $"The agent has no checkpoint {asked}. List them at /api/v1/agents/{context.AgentId}/checkpoints.") { NonRetryable = true };
        }

        if (checkpoint.FormatVersion > AgentState.CurrentVersion)
        {
            throw new StepFailedException(
                "checkpoint_too_new",
                $"Checkpoint {checkpoint.Number} was written by a newer build (format {checkpoint.FormatVersion}, this one reads up to {AgentState.CurrentVersion}). Deploy that build, or resume from an older checkpoint.")
            { NonRetryable = true };
        }

        return new LoadedCheckpoint(checkpoint.Number, asked is not null, WorkflowJson.Read<AgentState>(checkpoint.State));
    }
}

/// <summary>Output of the step.</summary>
/// <param name="Number">The checkpoint's number.</param>
/// <param name="AskedFor">It was named in the request.</param>
/// <param name="State">What it holds.</param>
public sealed record LoadedCheckpoint(int Number, bool AskedFor, AgentState State);
