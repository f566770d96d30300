using System.Text.Json;

namespace OpenClaw.Jobs.Messaging;

/// <summary>A message as a sender hands it in. Nothing in it is checked yet.</summary>
/// <param name="Id">The sender's own id; null for a new one.</param>
/// <param name="From">Who writes.</param>
/// <param name="Content">The text.</param>
/// <param name="Metadata">A JSON object that travels along.</param>
/// <param name="SessionKey">The conversation that it belongs to; null for the agent's own.</param>
public sealed record NewMessage(string? Id, string? From, string? Content, JsonElement? Metadata, string? SessionKey = null);

/// <summary>A message that is stored and will be delivered, or waits for its recipient.</summary>
/// <param name="AgentId">The recipient.</param>
/// <param name="MessageId">Our id of the message.</param>
/// <param name="WorkflowUuid">The delivery; null while the message is parked.</param>
public sealed record AcceptedMessage(Guid AgentId, Guid MessageId, Guid? WorkflowUuid);
