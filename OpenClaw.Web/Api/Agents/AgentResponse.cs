using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Agents;

/// <summary>An agent.</summary>
public record AgentResponse
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string? Persona { get; init; }

    /// <summary>provider/name; the provider picks the runtime.</summary>
    public required string Model { get; init; }

    public required string UserId { get; init; }

    public required AgentStatus Status { get; init; }

    /// <summary>The lifecycle operation under way; null when there is none.</summary>
    public required AgentOperation? Operation { get; init; }

    public required string OpenclawSessionKey { get; init; }

    /// <summary>The name by which the runtime knows the agent.</summary>
    public required string? OpenclawAgentId { get; init; }

    public required bool HeartbeatEnabled { get; init; }

    /// <summary>For example 30m or 2h.</summary>
    public required string HeartbeatInterval { get; init; }

    public required IReadOnlyList<string> HeartbeatChecklist { get; init; }

    /// <summary>When the heart may beat; null for always.</summary>
    public required ActiveHoursSettings? HeartbeatActiveHours { get; init; }

    public required DateTimeOffset? LastHeartbeatAt { get; init; }

    public required DateTimeOffset? NextHeartbeatAt { get; init; }

    /// <summary>Beats in a row that failed.</summary>
    public required int HeartbeatFailures { get; init; }

    /// <summary>Since when three beats in a row have failed; null when the agent is well.</summary>
    public required DateTimeOffset? DegradedAt { get; init; }

    /// <summary>A JSON object that the runtime understands.</summary>
    public required JsonElement Configuration { get; init; }

    /// <summary>Why the last operation failed; null when it did not.</summary>
    public required string? ErrorMessage { get; init; }

    public required int ErrorCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? ProvisionedAt { get; init; }

    public required DateTimeOffset? PausedAt { get; init; }

    public required DateTimeOffset? StoppedAt { get; init; }

    internal static AgentResponse From(Agent agent) => new()
    {
        Id = agent.Id,
        Name = agent.Name,
        Persona = agent.Persona,
        Model = agent.Model,
        UserId = agent.UserId,
        Status = agent.Status,
        Operation = agent.Operation,
        OpenclawSessionKey = agent.OpenclawSessionKey,
        OpenclawAgentId = agent.OpenclawAgentId,
        HeartbeatEnabled = agent.HeartbeatEnabled,
        HeartbeatInterval = IntervalText.Write(agent.HeartbeatInterval),
        HeartbeatChecklist = agent.HeartbeatChecklist,
        HeartbeatActiveHours = agent.HeartbeatActiveHours is { } hours ? new ActiveHoursSettings(hours.Start, hours.End, hours.TimeZone) : null,
        LastHeartbeatAt = agent.LastHeartbeatAt,
        NextHeartbeatAt = agent.NextHeartbeatAt,
        HeartbeatFailures = agent.HeartbeatFailures,
        DegradedAt = agent.DegradedAt,
        Configuration = agent.Configuration,
        ErrorMessage = agent.ErrorMessage,
        ErrorCount = agent.ErrorCount,
        CreatedAt = agent.CreatedAt,
        UpdatedAt = agent.UpdatedAt,
        ProvisionedAt = agent.ProvisionedAt,
        PausedAt = agent.PausedAt,
        StoppedAt = agent.StoppedAt,
    };
}

/// <summary>The agent after a beat of its heart.</summary>
public sealed record HeartbeatDoneResponse : AgentResponse
{
    [SetsRequiredMembers]
    internal HeartbeatDoneResponse(AgentResponse agent) : base(agent)
    {
    }

    /// <summary>How the beat went, for people.</summary>
    public string Message => HeartbeatFailures == 0 ? "The heart has beaten." : $"The heartbeat has failed, {HeartbeatFailures} in a row.";
}

/// <param name="Agents">Newest first.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Limit">The page's size.</param>
/// <param name="Offset">How many were skipped.</param>
public sealed record AgentListResponse(IReadOnlyList<AgentResponse> Agents, int Total, int Limit, int Offset);
