using System.Text;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Gateway.Runs;

/// <summary>How much of a run has been heard on this node, and how much of that its readers have been told.</summary>
internal sealed class StreamedRun
{
    // Each event has the whole text so far: a reply that comes at once is told in few.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(50);

    private readonly StringBuilder _text = new();
    private int _told;
    private bool _replaces;
    private List<ReplyGrowth>? _held;
    private bool _gaveUp;

    /// <summary>Counts the run's events; the first is its start.</summary>
    public int Seq { get; private set; } = 1;

    /// <summary>When it has last grown, as the service's clock counts.</summary>
    public long HeardAt { get; set; }

    /// <summary>When its readers were last told, as the service's clock counts; null for never.</summary>
    public long? SentAt { get; set; }

    /// <summary>What is new will be told by itself.</summary>
    public bool IsDue { get; set; }

    public string Text => _text.ToString();

    public int Length => _text.Length;

    /// <summary>Between two events; the longer the text, the longer: a reader gets some two megabytes a second at most.</summary>
    public TimeSpan Pace => Least > TimeSpan.FromMicroseconds(_text.Length) ? Least : TimeSpan.FromMicroseconds(_text.Length);

    /// <summary>False when a part between was not heard, or nothing is told until that was read.</summary>
    public bool Add(ReplyGrowth growth)
    {
        _held?.Add(growth);
        if (_held is not null)
        {
            return false;
        }

        if (growth.Position == 0 && _text.Length > 0)
        {
            _replaces |= _told > 0;
            _told = 0;
            _text.Clear();
        }

        if (growth.Position != _text.Length)
        {
            return false;
        }

        _text.Append(growth.Delta);
        return true;
    }

    /// <summary>Goes on with what follows.</summary>
    public void Append(string more) => _text.Append(more);

    /// <summary>True once when parts between were not heard: what follows is held until <see cref="CatchUp"/>.</summary>
    public bool FallsBehind(ReplyGrowth growth)
    {
        if (_held is not null || _gaveUp || growth.Position <= _text.Length)
        {
            return false;
        }

        _held = [growth];
        return true;
    }

    /// <summary>Goes on with what was written of the run, and what was held meanwhile. Where that does not meet, the end will tell all of it.</summary>
    public void CatchUp(string said)
    {
        var held = _held!;
        _held = null;
        var text = new StringBuilder(said);
        foreach (var growth in held)
        {
            text.Length = growth.Position == 0 ? 0 : text.Length;
            var known = text.Length - growth.Position;
            if (known < 0)
            {
                _gaveUp = true;
                return;
            }

            text.Append(growth.Delta.AsSpan(Math.Min(known, growth.Delta.Length)));
        }

        var now = text.ToString();
        if (!now.StartsWith(Text, StringComparison.Ordinal))
        {
            _replaces |= _told > 0;
            _told = 0;
        }

        _text.Clear().Append(now);
    }

    /// <summary>What is new to the readers, who have it then; null for nothing.</summary>
    public TextDelta? Take() => _told == _text.Length ? null : Take(Text);

    /// <summary>What the readers lack of the whole reply, who have it then; null when they have it all.</summary>
    public TextDelta? Complete(string reply)
    {
        var follows = !_replaces && _told <= reply.Length && reply.AsSpan(0, _told).SequenceEqual(_text.ToString(0, _told));
        if (follows && _told == reply.Length && _told > 0)
        {
            return null;
        }

        _replaces |= !follows;
        _told = follows ? _told : 0;
        _text.Clear().Append(reply);
        return Take(reply);
    }

    /// <summary>The number of the event after.</summary>
    public int Next() => ++Seq;

    private TextDelta Take(string text)
    {
        var told = new TextDelta(++Seq, text, text[_told..], _replaces ? true : null);
        (_told, _replaces) = (text.Length, false);
        return told;
    }
}

/// <param name="Seq">The event's number within the run.</param>
/// <param name="Text">All so far.</param>
/// <param name="Delta">What is new.</param>
/// <param name="Replace">True when it replaces what was told before; else absent.</param>
internal sealed record TextDelta(int Seq, string Text, string Delta, bool? Replace);
