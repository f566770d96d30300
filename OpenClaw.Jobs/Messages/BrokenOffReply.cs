using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;

namespace OpenClaw.Jobs.Messages;

/// <summary>What an agent had said when its turn was cancelled. It stays in the conversation, and nobody is sent it.</summary>
public static class BrokenOffReply
{
    private const string Mark = "broken_off";

    /// <summary>The id of the run that a reply is the beginning of; null for a whole reply.</summary>
    public static string? RunOf(Message reply)
    {
        if (reply.ReplyTo is null || !reply.Metadata.Contains($"\"{Mark}\"", StringComparison.Ordinal))
        {
            return null;
        }

        using var metadata = JsonDocument.Parse(reply.Metadata);
        return metadata.RootElement.ValueKind is JsonValueKind.Object && metadata.RootElement.TryGetProperty(Mark, out var run) && run.ValueKind is JsonValueKind.String ? run.GetString() : null;
    }

    internal static Message To(Message message, Agent agent, string said, string id, DateTimeOffset now)
    {
        var metadata = JsonSerializer.SerializeToElement(new Dictionary<string, string> { [Mark] = message.MessageId });
        var reply = new NewMessage(id, message.Recipient, said, metadata, message.SessionKey).ToMessage(agent.UserId, message.Sender, agent, parked: null, now);
        reply.ReplyTo = message.Id;
        reply.State = MessageState.Delivered;
        reply.DeliveredAt = now;
        return reply;
    }
}
