using System.Text;
using OpenClaw.Jobs.Runtimes.Thoughts;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>Gathers the tokens of a growing reply, so that its readers are told a few times a second and not for every token; thoughts are not told.</summary>
public sealed class LiveReply : IProgress<string>, IDisposable
{
    // What a notification of PostgreSQL (8000 bytes) holds even when every character has to be escaped.
    private const int MaxDelta = 1_000;

    private const int MaxKept = 2_000;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly StringBuilder _pending = new();
    private readonly StringBuilder _beginning = new();
    private readonly Action<int, string> _tell;
    private readonly Action<bool> _ended;
    private readonly ThoughtFilter _filter;
    private readonly ITimer _timer;
    private int _length;
    private int _position;

    internal LiveReply(Action<int, string> tell, TimeProvider time, bool waits, Action<bool> ended)
    {
        (_tell, _ended) = (tell, ended);
        _filter = new ThoughtFilter(Say, TakeBack, waits);
        _timer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The first of what was said so far; empty when nothing was.</summary>
    public string Beginning
    {
        get
        {
            lock (_lock)
            {
                return ForeignText.Clean(_beginning.ToString(), MaxKept);
            }
        }
    }

    public void Report(string value)
    {
        lock (_lock)
        {
            _filter.Add(value);
        }
    }

    /// <summary>Tells the rest.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _filter.End();
            Flush();
        }

        if (_length > 0)
        {
            _ended(_filter.TookBack);
        }
    }

    private void Say(string text)
    {
        if (_length + text.Length > AgentReply.MaxLength)
        {
            // What follows is in the reply as far as that goes, and is told with its end.
            _length = AgentReply.MaxLength;
            return;
        }

        if (_pending.Length == 0)
        {
            _timer.Change(Pace, Timeout.InfiniteTimeSpan);
        }

        _length += text.Length;
        _pending.Append(text);
        if (_beginning.Length <= MaxKept)
        {
            _beginning.Append(text);
        }
    }

    // Its readers hear the reply from its beginning again.
    private void TakeBack()
    {
        _pending.Clear();
        _beginning.Clear();
        (_position, _length) = (0, 0);
    }

    // Under the lock, so that the parts come in order.
    private void Flush()
    {
        lock (_lock)
        {
            while (_pending.Length > 0)
            {
                var delta = _pending.ToString(0, NextLength());
                _pending.Remove(0, delta.Length);
                _tell(_position, delta);
                _position += delta.Length;
            }
        }
    }

    // Not between the halves of a character.
    private int NextLength() =>
        _pending.Length <= MaxDelta ? _pending.Length : MaxDelta - (char.IsHighSurrogate(_pending[MaxDelta - 1]) ? 1 : 0);
}
