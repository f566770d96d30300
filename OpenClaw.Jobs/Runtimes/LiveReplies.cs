using System.Collections.Concurrent;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>
/// Tells whoever listens on this node what agents say while they are still at it. Hints for live views: what counts is the
/// reply, which is stored.
/// </summary>
public sealed class LiveReplies(TimeProvider time)
{
    // Agents whose models write the end of their thoughts only, as their last reply showed: nothing of the next one is told
    // before that end has come.
    private readonly ConcurrentDictionary<Guid, bool> _waiting = new();

    /// <summary>A reply has grown. In order for each turn, on any thread; a listener returns at once.</summary>
    public event Action<ReplyGrowth>? Grew;

    /// <summary>Begins a reply; anew, when an earlier attempt had begun it.</summary>
    /// <param name="agentId">Who answers.</param>
    /// <param name="messageId">Ours, of what is answered.</param>
    /// <param name="runId">Its sender's id.</param>
    /// <param name="sessionKey">The conversation.</param>
    public LiveReply Open(Guid agentId, Guid messageId, string runId, string sessionKey) =>
        new((position, delta) => Grew?.Invoke(new ReplyGrowth(agentId, messageId, runId, sessionKey, position, delta)), time, _waiting.ContainsKey(agentId), tookBack =>
        {
            if (tookBack)
            {
                _waiting[agentId] = true;
            }
            else
            {
                _waiting.TryRemove(agentId, out _);
            }
        });
}

/// <summary>A new part of a reply.</summary>
/// <param name="AgentId">Who answers.</param>
/// <param name="MessageId">Ours, of what is answered.</param>
/// <param name="RunId">Its sender's id.</param>
/// <param name="SessionKey">The conversation.</param>
/// <param name="Position">How long the reply was before; 0 begins it anew.</param>
/// <param name="Delta">What is new.</param>
public sealed record ReplyGrowth(Guid AgentId, Guid MessageId, string RunId, string SessionKey, int Position, string Delta);
