using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Messages;

namespace OpenClaw.Jobs.Commands;

/// <summary>
/// Ends the turns of agents that are under way, and those that wait behind them: whoever says stop does not want the next one
/// to begin. The agents stay, and what was ended can be taken up like anything that was cancelled.
/// </summary>
public sealed class HaltCommand(IDbContextFactory<OpenClawDbContext> contexts, WorkflowClient workflows)
{
    // Each is a transaction of its own; of more the person hears, and says it again.
    private const int Most = 1_000;
    private const int MostNames = 6;

    private const string Reason = "The owner said stop.";

    private static readonly string[] Turns = [RouteMessageWorkflow.Name, HeartbeatWorkflow.Name];

    /// <param name="agent">Whose turns; null for those of all agents.</param>
    /// <param name="message">Who says so.</param>
    /// <param name="cancellationToken">Gives up; what was ended stays so.</param>
    public async Task<CommandAnswer> HaltAsync(Agent? agent, CommandMessage message, CancellationToken cancellationToken)
    {
        var owner = message.Caller.Owner;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The newest first: otherwise the end of one would let the next begin.
        var turns = await db.Workflows.AsNoTracking()
            .Where(run => run.CompletedAt == null && run.Owner == owner && Turns.Contains(run.Name) && (agent == null || run.AgentId == agent.Id))
            .OrderByDescending(run => run.WorkflowUuid).Take(Most).Select(run => new { run.WorkflowUuid, run.AgentId }).ToListAsync(cancellationToken);
        var halted = new List<Guid?>();
        foreach (var turn in turns)
        {
            if (await workflows.CancelAsync(turn.WorkflowUuid, message.Caller.Actor, Reason, cancellationToken))
            {
                halted.Add(turn.AgentId);
            }
        }

        var ids = halted.Distinct().ToList();
        var names = await db.Agents.AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Name).Select(row => row.Name).ToListAsync(cancellationToken);
        return CommandAnswer.Done(Text(agent, halted.Count, names) + (message.Source == "whatsapp" ? " To get no more messages here, write UNSUBSCRIBE." : ""));
    }

    private static string Text(Agent? agent, int count, List<string> names)
    {
        if (count == 0)
        {
            return $"Nothing {(agent is null ? "" : $"of {agent.Name} ")}is under way.";
        }

        var who = names.Count > MostNames ? $"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more" : string.Join(", ", names);
        return $"Halted: {who}. {(count == 1 ? "One turn is" : $"{count} turns, those that waited too, are")} ended; the agents stay. To end one for good: stop <agent>."
            + (count == Most ? " There may be more: say it again." : "");
    }
}
