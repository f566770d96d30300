using System.Text.Json;
using OpenClaw.Data.Agents;

namespace OpenClaw.Jobs.Agents.Pausing;

/// <summary>What a checkpoint keeps. A new field is optional, so that older checkpoints still load.</summary>
public sealed record AgentState
{
    public const int CurrentVersion = 2;

    public required string Model { get; init; }

    public string? Persona { get; init; }

    public bool HeartbeatEnabled { get; init; }

    public TimeSpan HeartbeatInterval { get; init; }

    public IReadOnlyList<string> HeartbeatChecklist { get; init; } = [];

    public ActiveHours? HeartbeatActiveHours { get; init; }

    public JsonElement Configuration { get; init; }

    /// <summary>How long it was until the next beat when the agent was paused; the schedule's phase.</summary>
    public TimeSpan? UntilNextHeartbeat { get; init; }

    public string? RuntimeId { get; init; }

    /// <summary>Sequence of the last message that the agent was given.</summary>
    public long? ConversationPosition { get; init; }

    /// <summary>Last turn of the agent's conversations with a model, 0 for none; null in a checkpoint of version 1.</summary>
    public long? ConversationTurn { get; init; }

    /// <summary>Messages whose turn had not ended, in order; they go on when the agent is back.</summary>
    public IReadOnlyList<Guid> PendingMessages { get; init; } = [];

    /// <summary>Messages that wait for the agent, in order.</summary>
    public IReadOnlyList<Guid> ParkedMessages { get; init; } = [];

    /// <summary>Workflows of the agent that had not ended.</summary>
    public IReadOnlyList<Guid> WorkflowsInFlight { get; init; } = [];
}
