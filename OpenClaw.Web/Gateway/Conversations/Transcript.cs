using OpenClaw.Data.Messages;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Conversations;

/// <summary>What was said, as clients are shown it: each reply with the run that it belongs to, so that it is known again.</summary>
internal static class Transcript
{
    /// <param name="messages">Oldest first.</param>
    /// <param name="most">UTF-16 units of each text; what is more is cut, and an ellipsis says so.</param>
    public static IReadOnlyList<ChatMessage> Of(IReadOnlyList<Message> messages, int most = int.MaxValue)
    {
        var runs = messages.ToDictionary(message => message.Id, message => message.MessageId);
        return [.. messages.Select(message => Cut(RunFeed.ChatOf(message, message.ReplyTo is { } asked ? runs.GetValueOrDefault(asked) : null), most))];
    }

    private static ChatMessage Cut(ChatMessage message, int most) =>
        message.Content[0].Text.Length > most ? message with { Content = [new TextPart(ForeignText.Clean(message.Content[0].Text, most))] } : message;
}
