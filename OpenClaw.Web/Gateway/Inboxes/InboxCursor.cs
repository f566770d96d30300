using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Inboxes;

/// <summary>How far a connection has been sent its inbox, and what of it has not been acknowledged.</summary>
internal sealed class InboxCursor(GatewayConnection connection, TimeProvider time)
{
    private const int MaxMessages = 64;
    private const int MaxCharacters = 512 * 1024;
    private const int MaxReason = 500;

    private readonly Dictionary<Guid, Sent> _open = [];
    private long _after;
    private int _characters;

    public string Recipient => connection.Address;

    /// <summary>More may wait than has been sent: look again when there is room.</summary>
    public bool MayHaveMore { get; private set; } = true;

    /// <summary>What to read next; null while too much is not acknowledged.</summary>
    public InboxReader? Next()
    {
        lock (_open)
        {
            return _open.Count < MaxMessages && _characters < MaxCharacters ? new InboxReader(connection.Caller.Owner, Recipient, _after, MaxMessages - _open.Count) : null;
        }
    }

    /// <summary>Sends what was read. What does not fit any more is read again later. Returns what cannot be sent at all, and why.</summary>
    public IReadOnlyList<(Guid Id, string Reason)> Send(IReadOnlyCollection<InboxEntry> entries, int room)
    {
        var refused = new List<(Guid, string)>();
        lock (_open)
        {
            MayHaveMore = entries.Count == room;
            foreach (var entry in entries)
            {
                if (_characters >= MaxCharacters)
                {
                    MayHaveMore = true;
                    return refused;
                }

                _after = entry.Sequence;
                if (TrySend(entry) is { } reason)
                {
                    refused.Add((entry.Id, reason));
                    continue;
                }

                _characters += entry.Content.Length;
                _open[entry.Id] = new Sent(entry.Sequence, entry.Content.Length, time.GetTimestamp());
            }
        }

        return refused;
    }

    /// <summary>These need not be sent again.</summary>
    public void Forget(IEnumerable<Guid> messages)
    {
        lock (_open)
        {
            foreach (var message in messages)
            {
                if (_open.Remove(message, out var sent))
                {
                    _characters -= sent.Characters;
                }
            }
        }
    }

    /// <summary>What was sent and not acknowledged for so long; all from the first of them on is to be sent again.</summary>
    public IReadOnlyList<Guid> TakeOlderThan(TimeSpan limit)
    {
        lock (_open)
        {
            var overdue = _open.Where(sent => time.GetElapsedTime(sent.Value.At) >= limit).Select(sent => sent.Key).ToList();
            if (overdue.Count == 0)
            {
                return [];
            }

            _after = _open.Values.Min(sent => sent.Sequence) - 1;
            _open.Clear();
            _characters = 0;
            MayHaveMore = true;
            return overdue;
        }
    }

    // Why the message cannot be sent; null when it was. One must not keep others waiting, whatever is wrong with it.
    private string? TrySend(InboxEntry entry)
    {
        try
        {
            return connection.Send("message", ProtocolJson.Element(Payload(entry)))
                ? null
                : "It cannot be sent to a client: with its metadata it is larger than a frame may be.";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return $"It cannot be sent to a client: {ForeignText.OneLine(exception.Message, MaxReason)}";
        }
    }

    private static InboxMessage Payload(InboxEntry entry) => new(
        entry.Id.ToString(), entry.MessageId, entry.Sequence, entry.Sender, entry.Recipient, entry.Content,
        entry.Metadata == "{}" ? ProtocolJson.EmptyObject : JsonDocument.Parse(entry.Metadata).RootElement,
        entry.CreatedAt.ToUnixTimeMilliseconds(), entry.Attempt);

    private readonly record struct Sent(long Sequence, int Characters, long At);
}
