using System.Text;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>Gathers the tokens of a growing reply, so that its readers are told a few times a second and not for every token.</summary>
public sealed class LiveReply : IProgress<string>, IDisposable
{
    // What a notification of PostgreSQL (8000 bytes) holds even when every character has to be escaped.
    private const int MaxDelta = 1_000;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly StringBuilder _pending = new();
    private readonly Action<int, string> _tell;
    private readonly ITimer _timer;
    private int _position;

    internal LiveReply(Action<int, string> tell, TimeProvider time)
    {
        _tell = tell;
        _timer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Report(string value)
    {
        lock (_lock)
        {
            if (_pending.Length == 0 && value.Length > 0)
            {
                _timer.Change(Pace, Timeout.InfiniteTimeSpan);
            }

            _pending.Append(value);
        }
    }

    /// <summary>Tells the rest.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Flush();
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
