namespace OpenClaw.Jobs.Runtimes.RunLogs;

/// <summary>What one turn has said on this node and is not written yet.</summary>
internal sealed class GrowingLog(Guid runId)
{
    /// <summary>Between the first offsets of two writers.</summary>
    public const long WritersApart = 1_000_000;

    private readonly Lock _lock = new();
    private readonly List<RunLogPart> _waiting = [];
    private long? _next;
    private int _left;
    private bool _hasWritten;
    private bool _isWhole;
    private bool _hasEnded;
    private bool _isClosed;

    public Guid RunId => runId;

    /// <summary>Where it begins is not known yet.</summary>
    public bool IsNew => _next is null;

    /// <summary>Nothing waits to be written.</summary>
    public bool IsWritten
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count == 0;
            }
        }
    }

    /// <summary>False when it is closed: what is said now is another attempt's.</summary>
    public bool TryAdd(int position, string text)
    {
        lock (_lock)
        {
            if (_isClosed || (_isWhole && !_hasWritten))
            {
                return !_isClosed;
            }

            _hasEnded = false;

            if (position > 0 && _waiting.Count > 0 && _waiting[^1] is { Offset: null } last && last.Position + last.Text.Length == position)
            {
                _waiting[^1] = last with { Text = last.Text + text };
            }
            else
            {
                _waiting.Add(new RunLogPart(null, position, text));
            }

            return true;
        }
    }

    /// <summary>The turn is over.</summary>
    public void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
        }
    }

    /// <summary>True when the turn is over and all of it is written: nothing is added any more.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            return _isClosed = _hasEnded && _waiting.Count == 0;
        }
    }

    /// <summary>The whole reply is there. When nothing was written by now nobody has read any of it, and it is found as the reply alone.</summary>
    public void BecomeWhole()
    {
        lock (_lock)
        {
            _isWhole = true;
            if (!_hasWritten)
            {
                _waiting.Clear();
            }
        }
    }

    /// <param name="last">The greatest offset that another writer has used; 0 for none.</param>
    /// <param name="length">How much is there.</param>
    /// <param name="most">How much may be.</param>
    public void Begin(long last, int length, int most)
    {
        lock (_lock)
        {
            _next = ((last / WritersApart) + 1) * WritersApart + 1;
            _left = most - length;
        }
    }

    /// <summary>What waits, each with its offset, which it keeps when it has to be written again.</summary>
    public IReadOnlyList<RunLogPart> Take()
    {
        lock (_lock)
        {
            for (var index = 0; index < _waiting.Count; index++)
            {
                if (_waiting[index] is { Offset: null } part)
                {
                    _left -= part.Text.Length;
                    _waiting[index] = part with { Offset = _next++ };
                }
            }

            // What is too much is in the reply, and nowhere else.
            if (_left < 0)
            {
                _waiting.Clear();
            }

            _hasWritten |= _waiting.Count > 0;
            return [.. _waiting];
        }
    }

    public void Written(int count)
    {
        lock (_lock)
        {
            _waiting.RemoveRange(0, Math.Min(count, _waiting.Count));
        }
    }
}

/// <param name="Offset">Null while it has none.</param>
/// <param name="Position">How long the reply was before; 0 begins it anew.</param>
/// <param name="Text">What was said.</param>
internal sealed record RunLogPart(long? Offset, int Position, string Text);
