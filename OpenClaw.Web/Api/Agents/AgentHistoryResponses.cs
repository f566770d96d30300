using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.Messages;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Agents;

/// <summary>One beat of an agent's heart.</summary>
public sealed record HeartbeatResponse(
    Guid Id, Guid AgentId, Guid WorkflowUuid, HeartbeatStatus Status, JsonElement? ChecklistResults, string? Reason,
    DateTimeOffset DueAt, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, double? DurationMs)
{
    internal static HeartbeatResponse From(HeartbeatExecution beat) => new(
        beat.Id, beat.AgentId, beat.WorkflowUuid, beat.Status, RawJson.Parse(beat.ChecklistResults), beat.Reason,
        beat.DueAt, beat.StartedAt, beat.CompletedAt, (beat.CompletedAt - beat.StartedAt)?.TotalMilliseconds);
}

/// <summary>An agent's state as it was paused; resume can name its number.</summary>
public sealed record CheckpointResponse(int Number, Guid Id, Guid AgentId, int FormatVersion, Guid WorkflowUuid, DateTimeOffset CreatedAt)
{
    internal static CheckpointResponse From(AgentCheckpoint checkpoint) => new(
        checkpoint.Number, checkpoint.Id, checkpoint.AgentId, checkpoint.FormatVersion, checkpoint.WorkflowUuid, checkpoint.CreatedAt);
}

/// <summary>A message to or from an agent.</summary>
public sealed record MessageResponse
{
    public required Guid Id { get; init; }

    /// <summary>The sender's own id.</summary>
    public required string MessageId { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required string? SessionKey { get; init; }

    public required string Content { get; init; }

    public required JsonElement? Metadata { get; init; }

    /// <summary>Order of arrival.</summary>
    public required long Sequence { get; init; }

    public required MessageState State { get; init; }

    /// <summary>Why it is parked or dead.</summary>
    public required string? StateReason { get; init; }

    public required int Attempts { get; init; }

    public required Guid? WorkflowUuid { get; init; }

    /// <summary>The message that this one answers.</summary>
    public required Guid? ReplyTo { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset? DeliveredAt { get; init; }

    public required DateTimeOffset? AckedAt { get; init; }

    internal static MessageResponse FromMessage(Message message) => new()
    {
        Id = message.Id,
        MessageId = message.MessageId,
        From = message.Sender,
        To = message.Recipient,
        SessionKey = message.SessionKey,
        Content = message.Content,
        Metadata = RawJson.Parse(message.Metadata),
        Sequence = message.Sequence,
        State = message.State,
        StateReason = message.StateReason,
        Attempts = message.Attempts,
        WorkflowUuid = message.WorkflowUuid,
        ReplyTo = message.ReplyTo,
        CreatedAt = message.CreatedAt,
        ExpiresAt = message.ExpiresAt,
        DeliveredAt = message.DeliveredAt,
        AckedAt = message.AckedAt,
    };
}

/// <param name="Heartbeats">Newest first.</param>
/// <param name="NextCursor">The cursor of the next page; null after the last one.</param>
public sealed record HeartbeatListResponse(IReadOnlyList<HeartbeatResponse> Heartbeats, Guid? NextCursor)
{
    internal static HeartbeatListResponse From(IReadOnlyList<HeartbeatExecution> page, int limit) =>
        new([.. page.Select(HeartbeatResponse.From)], page.Count == limit ? page[^1].Id : null);
}

/// <param name="Checkpoints">Newest first.</param>
public sealed record CheckpointListResponse(IReadOnlyList<CheckpointResponse> Checkpoints);

/// <param name="Messages">Newest first.</param>
public sealed record MessageListResponse(IReadOnlyList<MessageResponse> Messages);

/// <param name="Message">As it stands now: delivered, on its way, or parked until the agent is back.</param>
/// <param name="Reply">The agent's answer, when it is there.</param>
public sealed record MessageExchangeResponse(MessageResponse Message, MessageResponse? Reply)
{
    /// <summary>The message's id, where clients of the DBOS version look for it.</summary>
    public Guid MessageId => Message.Id;

    /// <summary>The text of the agent's answer, where clients of the DBOS version look for it; null until it is there.</summary>
    public string? Response => Reply?.Content;
}
