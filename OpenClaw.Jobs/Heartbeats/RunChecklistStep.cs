using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Asks the agent. The runtime gets the step's key, so that a repetition is recognised.</summary>
public sealed class RunChecklistStep(AgentReader agents, RuntimeCatalog runtimes) : IExternalStep
{
    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var opened = await context.OutputOfAsync<OpenedExecution>("open_execution", cancellationToken);
        if (!opened.Beats)
        {
            return null;
        }

        var agent = await agents.ReadAsync(context.AgentId, cancellationToken);
        var turn = new Turn(Prompt(opened.Checklist), context.IdempotencyKey, TurnKind.Heartbeat);
        var reply = await runtimes.For(agent.Model).RunTurnAsync(agent, turn, cancellationToken);
        return HeartbeatReply.Read(reply.Text, opened.Checklist);
    }

    private static string Prompt(IReadOnlyList<string> checklist) =>
        $"This is your heartbeat. Go through this checklist, and answer {HeartbeatReply.AllWell} if nothing needs attention; else say what does.\n"
        + string.Join('\n', checklist.Select(item => $"- {item}"));
}
