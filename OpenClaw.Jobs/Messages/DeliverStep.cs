using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Messages;

/// <summary>Gives the message to the agent's runtime, with the step's key, so that a repetition is recognised, and tells how its answer grows.</summary>
public sealed class DeliverStep(RuntimeAgentQueries agents, RuntimeCatalog runtimes, AgentTurns turns, MessageContexts contexts, LiveReplies replies, BrakeBoard brakes, TimeProvider time) : IExternalStep
{
    // So a long backlog of one agent takes less than half of the time of the disk, and does not slow the turns of others.
    private static readonly TimeSpan GiveWay = TimeSpan.FromMilliseconds(30);

    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var resolved = await context.OutputOfAsync<ResolvedRecipient>("resolve_recipient", cancellationToken);
        if (!resolved.Deliver)
        {
            return null;
        }

        // One that was asked before keeps its key, so that what it was answered is found; it goes on when the brake is released.
        brakes.Require(context.Owner, context.AgentId);
        if (resolved.IsBacklog)
        {
            await Task.Delay(GiveWay, time, cancellationToken);
        }

        var agent = context.Fresh<RuntimeAgent>() ?? await agents.ReadForTurnAsync(context.AgentId, resolved.SessionKey, cancellationToken);
        var (message, session) = (context.Request<RouteMessageRequest>().MessageId, resolved.SessionKey ?? agent.SessionKey);
        using var growing = replies.Open(agent.Id, message, resolved.RunId ?? message.ToString(), session, context.Owner);
        var shown = resolved.HasContext ? await contexts.ReadAsync(message, cancellationToken) : null;
        agent = shown?.Model is { } model ? agent with { Model = model } : agent;
        var turn = new Turn(resolved.Content, context.IdempotencyKey, TurnKind.Message) { SessionKey = session, Growing = growing, IsRepeated = context.Attempt > 1, IsPrompt = resolved.IsPrompt, Timeout = resolved.Timeout };
        if (shown is not null)
        {
            turn = WithContext(turn, shown, runtimes.For(agent.Model), agent);
        }

        try
        {
            var reply = AgentReply.Clean(await turns.RunAsync(agent, turn, cancellationToken));
            replies.Close(message);
            return reply;
        }
        catch (BudgetReachedException refused)
        {
            // The agent was not asked; the message waits.
            replies.Close(message);
            return new TurnReply("") { Refused = refused.Message, Asks = refused.Asks };
        }
        catch (StepFailedException failure) when (failure.Code != ModelFailureCodes.ContentFiltered && growing.Beginning is { Length: > 0 } said)
        {
            // It may be all that somebody is ever told of a turn that was worked on for long.
            throw failure.With($"{failure.Message} It had said so far: {said}");
        }
    }

    // The agent may have another model by now than when the message was accepted.
    private static Turn WithContext(Turn turn, TurnContext shown, IAgentRuntime runtime, RuntimeAgent agent) => shown.WhyNotFor(runtime, agent.Model) switch
    {
        { } reason => throw new StepFailedException("not_taken_by_model", reason) { NonRetryable = true },
        null when runtime.Takes.HasFlag(TurnExtras.Conversation) => turn with { Context = shown },
        null => turn with { Message = shown.Flatten(turn.Message) },
    };
}
