using OpenClaw.Data;
using OpenClaw.Jobs.Agents.ChangingRuntime;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes.Models;

namespace OpenClaw.Jobs.Agents.Resuming;

/// <summary>
/// Puts the settings of a checkpoint that was asked for back on the agent, and its conversations back to where they were.
/// Without one the agent keeps both, so that what was changed during the pause is not lost. Commits with its checkpoint.
/// </summary>
public sealed class RestoreStateStep(RuntimeChange runtimeChange) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var loaded = await context.OutputOfAsync<LoadedCheckpoint>("load_checkpoint", cancellationToken);
        if (loaded.AskedFor)
        {
            var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
            await runtimeChange.ApplyAsync(agent, loaded.State.Model, cancellationToken);
            agent.Persona = loaded.State.Persona;
            agent.HeartbeatEnabled = loaded.State.HeartbeatEnabled;
            agent.HeartbeatInterval = loaded.State.HeartbeatInterval;
            agent.HeartbeatChecklist = [.. loaded.State.HeartbeatChecklist];
            agent.HeartbeatActiveHours = loaded.State.HeartbeatActiveHours;
            agent.Configuration = loaded.State.Configuration;
            if (loaded.State.ConversationTurn is { } last)
            {
                await db.ForgetTurnsAfterAsync(agent.Id, last, cancellationToken);
            }
        }

        return new { checkpoint = loaded.Number, settings_restored = loaded.AskedFor };
    }
}
