using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Messages;

/// <summary>Replies that this process has just stored, for whoever is the first to tell of the end of their turns: what was written a moment ago need not be read.</summary>
public sealed class StoredReplies
{
    private readonly ConcurrentDictionary<Guid, Exchange> _stored = new();

    /// <summary>Keeps both when the transaction commits; the end of the run, of which this process is told next, takes them out.</summary>
    public void OnCommit(Message message, Message reply) => AmbientTransaction.OnEnd(committed =>
    {
        if (committed)
        {
            _stored[message.Id] = new Exchange(message, reply);
        }
    });

    /// <summary>True once for a message that was answered here.</summary>
    public bool TryTake(Guid messageId, [NotNullWhen(true)] out Exchange? exchange) => _stored.TryRemove(messageId, out exchange);

    /// <summary>Exchanges that are kept.</summary>
    internal int Count => _stored.Count;

    /// <param name="Message">What was said to the agent.</param>
    /// <param name="Reply">What it answered.</param>
    public sealed record Exchange(Message Message, Message Reply);
}
