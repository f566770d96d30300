using System.Text;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Gateway.Runs;

/// <summary>How much of a run its readers on this node have been told.</summary>
internal sealed class StreamedRun
{
    private readonly StringBuilder _text = new();

    /// <summary>Counts the run's events; the first is its start.</summary>
    public int Seq { get; private set; } = 1;

    /// <summary>When it has last grown, as the service's clock counts.</summary>
    public long HeardAt { get; set; }

    public string Text => _text.ToString();

    /// <summary>What is new to the readers; null when a part between was not heard, and the end will tell all of it.</summary>
    public ToldDelta? Add(ReplyGrowth growth)
    {
        var replaces = growth.Position == 0 && _text.Length > 0;
        if (replaces)
        {
            _text.Clear();
        }

        if (growth.Position != _text.Length)
        {
            return null;
        }

        _text.Append(growth.Delta);
        return new ToldDelta(++Seq, Text, growth.Delta, replaces ? true : null);
    }

    /// <summary>What the readers lack of the whole reply; null when they have it all.</summary>
    public ToldDelta? Complete(string reply)
    {
        var told = Text;
        if (told == reply && told.Length > 0)
        {
            return null;
        }

        var follows = reply.StartsWith(told, StringComparison.Ordinal);
        return new ToldDelta(++Seq, reply, follows ? reply[told.Length..] : reply, follows ? null : true);
    }

    /// <summary>The number of the event after.</summary>
    public int Next() => ++Seq;
}

/// <param name="Seq">The event's number within the run.</param>
/// <param name="Text">All so far.</param>
/// <param name="Delta">What is new.</param>
/// <param name="Replace">True when it replaces what was told before; else absent.</param>
internal sealed record ToldDelta(int Seq, string Text, string Delta, bool? Replace);
