using Microsoft.Extensions.Hosting;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Runtimes.Workers;

/// <summary>
/// <c>session/…</c>: a process that is connected to the gateway, of whatever node, takes the agent's turns. A turn waits for
/// one to come; one whose process dies is given to the next. The turn's key is its id, so that a process recognises it.
/// </summary>
public sealed class WorkerRuntime(WorkerTurns turns, WorkerChecks checks, IHostApplicationLifetime lifetime) : ICheckedRuntime
{
    // Half of the time for which an offer counts as wanted.
    private static readonly TimeSpan OfferAgain = TimeSpan.FromMinutes(1);

    public string Provider => "session";

    public bool IsPaid => false;

    public string? WhyUnavailable(string model) => null;

    public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult($"session-{agent.Id:N}");

    public async Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        var (state, story) = (await turns.OfferAsync(agent, turn, heard: 0, cancellationToken), new WorkerStory(turn));
        try
        {
            while (state.IsOpen)
            {
                story.Hear(state);
                state = await turns.WaitAsync(turn, story.Heard, story.Deliveries, OfferAgain, cancellationToken);
                if (state.IsOpen && state.Said.Length == 0 && state.Deliveries == story.Deliveries)
                {
                    state = await turns.OfferAsync(agent, turn, story.Heard, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // A node that stops leaves the turn with the process, which answers it to the next.
            await turns.WithdrawAsync(turn.IdempotencyKey, state.WantedUntil);
            throw;
        }

        if (state.Reply is { } text)
        {
            return new TurnReply(text, state.Usage);
        }

        // So that a resumed workflow offers it anew.
        await turns.WithdrawAsync(turn.IdempotencyKey, state.WantedUntil);
        throw new StepFailedException(state is { Error: null } ? "session_timed_out" : "session_refused", state.Why) { NonRetryable = true };
    }

    public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<DateTimeOffset?> AskableSinceAsync(CancellationToken cancellationToken) => checks.ServedSinceAsync(cancellationToken);

    public Task<string?> AskAsync(string? model, CancellationToken cancellationToken) => checks.AskAsync(cancellationToken);
}
