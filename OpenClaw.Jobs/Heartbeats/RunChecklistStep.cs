using OpenClaw.Data.Agents;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Heartbeats.Gates;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>
/// Asks the agent. The runtime gets the step's key, so that a repetition is recognised. An agent that was put to rest since
/// the beat began is not asked: a beat that waits for its next attempt is nothing that a pause waits for.
/// </summary>
public sealed class RunChecklistStep(AgentTurns turns, GateKeeper gates, BrakeBoard brakes, TimeProvider time) : IExternalStep
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

        var (agent, now, before) = await gates.ReadAsync(context.AgentId, cancellationToken);
        if ((OpenExecutionStep.WhyResting(agent) ?? brakes.Over(agent.UserId, agent.Id)?.WhySkipped) is { } reason)
        {
            return new HeartbeatResult(HeartbeatStatus.Skipped, [], reason);
        }

        var look = GateRules.Of(agent.Configuration) is { } set ? await gates.LookAsync(agent.Id, set, before, now, cancellationToken) : null;
        if (look is { IsOpen: false } && opened.Healthy && !context.Request<HeartbeatRequest>().OnDemand)
        {
            return new HeartbeatResult(HeartbeatStatus.Quiet, [], look.WhyQuiet) { Gates = look.Before };
        }

        var turn = new Turn(HeartbeatPrompt.For(opened.Checklist, look?.Changes ?? []), context.IdempotencyKey, TurnKind.Heartbeat) { IsRepeated = context.Attempt > 1, IsWithoutHistory = BeatSettings.IsWithoutHistory(agent.Configuration) };
        try
        {
            var reply = await RunAsync(RuntimeAgent.From(agent) with { Model = BeatSettings.ModelOf(agent.Configuration) ?? agent.Model }, turn, Until(opened, context, agent, now) - Reserve - now, cancellationToken);
            var result = HeartbeatReply.Read(AgentReply.Clean(reply.Text), opened.Checklist) with { Usage = reply.Usage };
            return result with { Gates = result.Status is HeartbeatStatus.Failed ? null : look?.Now };
        }
        catch (BudgetReachedException refused)
        {
            return new HeartbeatResult(HeartbeatStatus.Skipped, [], refused.Message) { IsRefused = true, Asks = refused.Asks };
        }
        catch (StepNotReadyException) when (brakes.Over(agent.UserId, agent.Id) is { } brake)
        {
            return new HeartbeatResult(HeartbeatStatus.Skipped, [], brake.WhySkipped);
        }
    }

    // One that a person has resumed may be long past its own time.
    private static DateTimeOffset? Until(OpenedExecution opened, StepContext context, Agent agent, DateTimeOffset now) =>
        context.Request<HeartbeatRequest>().OnDemand && opened.Until < now + Reserve ? now + agent.HeartbeatInterval : opened.Until;

    private async Task<TurnReply> RunAsync(RuntimeAgent agent, Turn turn, TimeSpan? left, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(left is { } rest ? (rest > TimeSpan.Zero ? rest : TimeSpan.Zero) : Timeout.InfiniteTimeSpan, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);

        try
        {
            return await turns.RunAsync(agent, turn, deadline.Token).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StepFailedException("heartbeat_timed_out", "The agent had not answered when its next heartbeat came near.") { NonRetryable = true };
        }
    }
}
