using System.Text.Json;
using OpenClaw.Data.Messages;

namespace OpenClaw.Jobs.Messages;

/// <summary>Where the reply to a message goes instead of to its sender: its metadata says so, because who sent it may be gone by then.</summary>
public static class ReplyAddress
{
    private const string Mark = "deliver_to";

    /// <summary>The metadata of a message whose reply goes to a channel's address; null for none.</summary>
    public static JsonElement? Describe(string? address) =>
        address is null ? null : JsonSerializer.SerializeToElement(new Dictionary<string, string> { [Mark] = address });

    /// <summary>An address of a channel; null where the sender itself is told.</summary>
    public static string? Of(Message message)
    {
        if (!message.Metadata.Contains($"\"{Mark}\"", StringComparison.Ordinal))
        {
            return null;
        }

        // Senders write metadata too, and may call something by this name.
        using var metadata = JsonDocument.Parse(message.Metadata);
        return metadata.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(Mark, out var mark) && mark.ValueKind is JsonValueKind.String
            && mark.GetString() is { } address && MessageRules.IsAddress(address) && Addresses.ChannelOf(address) is not null
            ? address
            : null;
    }
}
