namespace OpenClaw.Jobs.Runtimes;

/// <summary>One message to an agent.</summary>
/// <param name="Message">What it says.</param>
/// <param name="IdempotencyKey">The same on every attempt.</param>
/// <param name="Kind">Why the agent is asked.</param>
public sealed record Turn(string Message, string IdempotencyKey, TurnKind Kind);

/// <summary>Why an agent is asked.</summary>
public enum TurnKind
{
    /// <summary>Somebody wrote to it.</summary>
    Message,

    /// <summary>Its heart beats; <see cref="Heartbeats.HeartbeatReply"/> says how its answer is read.</summary>
    Heartbeat,
}

/// <summary>What the agent answered.</summary>
public sealed record TurnReply(string Text);
