namespace OpenClaw.Jobs.Runtimes.Workers;

/// <summary>How it stands with a turn that was offered.</summary>
/// <param name="Reply">What the process answered.</param>
/// <param name="Error">Why it did not.</param>
/// <param name="Usage">What the turn took, if the process says.</param>
/// <param name="IsLate">It was offered for long enough.</param>
/// <param name="Deliveries">To so many connections it was given.</param>
public sealed record WorkerTurnState(string? Reply, string? Error, TurnUsage? Usage, bool IsLate, int Deliveries)
{
    /// <summary>Who was given it shows no life any more.</summary>
    public bool IsSilent { get; init; }

    /// <summary>What was said since the caller has heard of it last.</summary>
    public string Said { get; init; } = "";

    /// <summary>Until then it counts as wanted, by who has offered it last.</summary>
    public DateTimeOffset WantedUntil { get; init; }

    public bool IsOpen => Reply is null && Error is null && !IsLate && !IsSilent;

    /// <summary>Why there is no reply, for people.</summary>
    public string Why => this switch
    {
        { Error: { } error } => $"The process that serves the agent could not take the turn: {error}",
        { IsSilent: true } => $"The process that serves the agent has shown no life for as long as configuration.{TurnLimits.IdleSetting} allows. Have it call runtime.progress while it works, look at its log, and resume the workflow.",
        { Deliveries: 0 } => "No process has taken the turn. Connect one to the gateway that calls runtime.serve, and resume the workflow.",
        _ => "The process that serves the agent did not answer in time. Look at its log, and resume the workflow.",
    };
}

/// <summary>A turn for a connection that serves its agent.</summary>
public sealed record OfferedTurn(string TurnKey, Guid AgentId, string ConnectionId, string SessionKey, string Kind, string Message, string? Persona, int Delivery);
