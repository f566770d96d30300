using System.Text.Json;
using OpenClaw.Data.Agents;

namespace OpenClaw.Jobs.Agents;

/// <summary>What an agent is created from. Nothing in it is checked yet.</summary>
public sealed record NewAgent(
    string? Name, string? Persona, string? Model, bool? HeartbeatEnabled, TimeSpan? HeartbeatInterval,
    IReadOnlyList<string?>? HeartbeatChecklist, ActiveHours? HeartbeatActiveHours, JsonElement? Configuration);

/// <summary>Settings to change; null leaves one as it is.</summary>
public sealed record AgentSettings(
    string? Name, string? Persona, string? Model, bool? HeartbeatEnabled, TimeSpan? HeartbeatInterval,
    IReadOnlyList<string?>? HeartbeatChecklist, ActiveHours? HeartbeatActiveHours, JsonElement? Configuration)
{
    /// <summary>Those that are to be as for an agent that was created without them.</summary>
    public AgentSetting Cleared { get; init; }
}

/// <summary>Settings of an agent. All but the first two can be left out, and cleared.</summary>
[Flags]
public enum AgentSetting
{
    None = 0,
    Name = 1,
    Model = 2,
    Persona = 4,
    HeartbeatEnabled = 8,
    HeartbeatInterval = 16,
    HeartbeatChecklist = 32,
    HeartbeatActiveHours = 64,
    Configuration = 128,
}

/// <summary>An operation that was accepted.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="WorkflowUuid">The workflow that carries it out; null when nothing had to be done.</param>
public sealed record StartedOperation(Guid AgentId, Guid? WorkflowUuid);
