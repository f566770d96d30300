using System.Collections.Concurrent;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>
/// Tells whoever listens on this node what agents say while they are still at it. Hints for live views: what counts is the
/// reply, which is stored.
/// </summary>
public sealed class LiveReplies(TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    // Agents whose models write the end of their thoughts only, as their last reply showed: nothing of the next one is told
    // before that end has come.
    private readonly ConcurrentDictionary<Guid, bool> _waiting = new();

    // Replies under way, and for a moment those that broke off: who ends the turn may want what was said.
    private readonly ConcurrentDictionary<Guid, LiveReply> _open = new();

    /// <summary>A reply has grown. In order for each turn, on any thread; a listener returns at once.</summary>
    public event Action<ReplyGrowth>? Grew;

    /// <summary>A turn's whole reply is there; what is told of it afterwards is the rest.</summary>
    public event Action<Guid>? Closed;

    /// <summary>A turn is over on this node, with a reply or without; all that it has said was told.</summary>
    public event Action<Guid>? Ended;

    /// <summary>Begins a reply; anew, when an earlier attempt had begun it.</summary>
    /// <param name="agentId">Who answers.</param>
    /// <param name="messageId">Ours, of what is answered.</param>
    /// <param name="runId">Its sender's id.</param>
    /// <param name="sessionKey">The conversation.</param>
    /// <param name="owner">Whose agent it is.</param>
    public LiveReply Open(Guid agentId, Guid messageId, string runId, string sessionKey, string owner) =>
        _open[messageId] = new((position, delta) => Grew?.Invoke(new ReplyGrowth(agentId, messageId, runId, sessionKey, position, delta) { Owner = owner }), time, _waiting.ContainsKey(agentId), reply =>
        {
            ForgetLater(messageId, reply);
            Ended?.Invoke(messageId);
            if (!reply.HasBegun)
            {
                return;
            }

            if (reply.TookBack)
            {
                _waiting[agentId] = true;
            }
            else
            {
                _waiting.TryRemove(agentId, out _);
            }
        });

    /// <summary>The whole reply is there: what was told of it on the way is of no use any more.</summary>
    public void Close(Guid messageId)
    {
        _open.TryRemove(messageId, out _);
        Closed?.Invoke(messageId);
    }

    /// <summary>What was said in answer to a message by a turn that has been broken off on this node; null for nothing. Told once.</summary>
    public string? TakeBrokenOff(Guid messageId) => _open.TryRemove(messageId, out var reply) && reply.Said is { Length: > 0 } said ? said : null;

    /// <summary>Replies that are remembered.</summary>
    internal int Remembering => _open.Count;

    // Of a turn that another node has taken over nobody will ask.
    private void ForgetLater(Guid messageId, LiveReply reply)
    {
        if (_open.TryGetValue(messageId, out var open) && open == reply)
        {
            _ = Task.Delay(Remembered, time).ContinueWith(_ => _open.TryRemove(KeyValuePair.Create(messageId, reply)), TaskScheduler.Default);
        }
    }
}

/// <summary>A new part of a reply.</summary>
/// <param name="AgentId">Who answers.</param>
/// <param name="MessageId">Ours, of what is answered.</param>
/// <param name="RunId">Its sender's id.</param>
/// <param name="SessionKey">The conversation.</param>
/// <param name="Position">How long the reply was before; 0 begins it anew.</param>
/// <param name="Delta">What is new.</param>
public sealed record ReplyGrowth(Guid AgentId, Guid MessageId, string RunId, string SessionKey, int Position, string Delta)
{
    /// <summary>Whose agent it is. A node of a version before owners were kept apart does not say.</summary>
    public string Owner { get; init; } = Owners.House;
}
