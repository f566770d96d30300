using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Asks the agent. The runtime gets the step's key, so that a repetition is recognised.</summary>
public sealed class RunChecklistStep(AgentReader agents, RuntimeCatalog runtimes) : IExternalStep
{
    // What an answer in the last moment needs to be recorded before the next beat is due.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(5);

    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var opened = await context.OutputOfAsync<OpenedExecution>("open_execution", cancellationToken);
        if (!opened.Beats)
        {
            return null;
        }

        var (agent, now) = await agents.ReadWithClockAsync(context.AgentId, cancellationToken);
        var turn = new Turn(HeartbeatPrompt.For(opened.Checklist), context.IdempotencyKey, TurnKind.Heartbeat) { IsRepeated = context.Attempt > 1 };
        var reply = await RunAsync(agent, turn, opened.Until - Reserve - now, cancellationToken);
        return HeartbeatReply.Read(ForeignText.Clean(reply.Text), opened.Checklist) with { Usage = reply.Usage };
    }

    private async Task<TurnReply> RunAsync(RuntimeAgent agent, Turn turn, TimeSpan? left, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (left is { } rest)
        {
            deadline.CancelAfter(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        }

        try
        {
            return await runtimes.For(agent.Model).RunTurnAsync(agent, turn, deadline.Token).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StepFailedException("heartbeat_timed_out", "The agent had not answered when its next heartbeat came near.") { NonRetryable = true };
        }
    }
}
