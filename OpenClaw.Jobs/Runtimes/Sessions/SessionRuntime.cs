using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Runtimes.Sessions;

/// <summary>
/// <c>session/…</c>: a process that is connected to the gateway, of whatever node, takes the agent's turns. A turn waits for
/// one to come; one whose process dies is given to the next. The turn's key is its id, so that a process recognises it.
/// </summary>
public sealed class SessionRuntime(SessionTurns turns, SessionChecks checks) : ICheckedRuntime
{
    // A turn that finds no place is offered all the same; only its worker does not wait.
    private const int PatientTurns = 16;

    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly TurnSlots _slots = new(PatientTurns);

    public string Provider => "session";

    public bool IsPaid => false;

    public string? WhyUnavailable(string model) => null;

    public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult($"session-{agent.Id:N}");

    public async Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        var state = await turns.OfferAsync(agent, turn, cancellationToken);
        if (state.IsOpen)
        {
            using var place = _slots.Take();
            state = await turns.WaitAsync(turn.IdempotencyKey, Hold, cancellationToken);
        }

        if (state.IsOpen)
        {
            throw new StepNotReadyException(AskAgain, "The process that serves the agent has not answered yet.");
        }

        if (state.Reply is { } text)
        {
            return new TurnReply(text, state.Usage);
        }

        // So that a resumed workflow offers it anew.
        await turns.WithdrawAsync(turn.IdempotencyKey);
        throw new StepFailedException(state.Error is null ? "session_timed_out" : "session_refused", state.Why) { NonRetryable = true };
    }

    public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<DateTimeOffset?> AskableSinceAsync(CancellationToken cancellationToken) => checks.ServedSinceAsync(cancellationToken);

    public Task<string?> AskAsync(string? model, CancellationToken cancellationToken) => checks.AskAsync(cancellationToken);
}
