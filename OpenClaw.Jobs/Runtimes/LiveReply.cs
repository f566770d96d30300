using System.Text;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Runtimes.Thoughts;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>Gathers the tokens of a growing reply, so that its readers are told a few times a second and not for every token; thoughts are not told.</summary>
public sealed class LiveReply : IProgress<string>, IDisposable
{
    /// <summary>Characters told at once: what a notification of PostgreSQL (8000 bytes) holds beside two long names, even when every character has to be escaped.</summary>
    public const int MaxDelta = 750;

    private const int MaxQuoted = 2_000;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly StringBuilder _pending = new();
    private readonly StringBuilder _said = new();
    private readonly Action<int, string> _tell;
    private readonly Action<LiveReply> _ended;
    private readonly bool _waits;
    private ThoughtFilter _filter;
    private readonly ITimer _timer;
    private int _length;
    private int _position;
    private bool _isDue;

    internal LiveReply(Action<int, string> tell, TimeProvider time, bool waits, Action<LiveReply> ended)
    {
        (_tell, _ended, _waits) = (tell, ended, waits);
        _filter = new ThoughtFilter(Say, TakeBack, waits);
        _timer = time.CreateTimer(_ => Flush(isEnd: false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The first of what was said so far; empty when nothing was.</summary>
    public string Beginning => ForeignText.Clean(Said, MaxQuoted);

    /// <summary>What was said so far, as far as it can be kept; empty when nothing was.</summary>
    public string Said
    {
        get
        {
            lock (_lock)
            {
                return ForeignText.Clean(_said.ToString(), AgentReply.MaxLength);
            }
        }
    }

    internal bool HasBegun => _length > 0;

    internal bool TookBack => _filter.TookBack;

    public void Report(string value)
    {
        lock (_lock)
        {
            _filter.Add(value);
        }
    }

    /// <summary>What was said so far is nobody's reply: the next word begins it anew.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            TakeBack();
            _filter = new ThoughtFilter(Say, TakeBack, _waits);
        }
    }

    /// <summary>Tells the rest.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _filter.End();
            Flush(isEnd: true);
        }

        _ended(this);
    }

    private void Say(string text)
    {
        if (_length + text.Length > AgentReply.MaxLength)
        {
            // What follows is in the reply as far as that goes, and is told with its end.
            _length = AgentReply.MaxLength;
            return;
        }

        if (!_isDue)
        {
            _isDue = true;
            _timer.Change(Pace, Timeout.InfiniteTimeSpan);
        }

        _length += text.Length;
        _pending.Append(text);
        _said.Append(text);
    }

    // Its readers hear the reply from its beginning again.
    private void TakeBack()
    {
        _pending.Clear();
        _said.Clear();
        (_position, _length) = (0, 0);
    }

    // Under the lock, so that the parts come in order.
    private void Flush(bool isEnd)
    {
        lock (_lock)
        {
            _isDue = false;
            while (_pending.Length > 0)
            {
                var length = NextLength(isEnd);
                if (length == 0)
                {
                    // The other half comes with the next token.
                    return;
                }

                var delta = _pending.ToString(0, length);
                _pending.Remove(0, length);
                _tell(_position, ForeignText.Clean(delta));
                _position += delta.Length;
            }
        }
    }

    // Not between the halves of a character, which may come in two tokens.
    private int NextLength(bool isEnd)
    {
        var length = Math.Min(_pending.Length, MaxDelta);
        return (isEnd && length == _pending.Length) || !char.IsHighSurrogate(_pending[length - 1]) ? length : length - 1;
    }
}
