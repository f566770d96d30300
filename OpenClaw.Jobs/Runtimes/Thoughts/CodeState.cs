namespace OpenClaw.Jobs.Runtimes.Thoughts;

/// <summary>Whether a text, as far as it has come, ends within code or with a quotation mark: what follows is then meant as it stands.</summary>
internal sealed class CodeState
{
    private const int Fence = 3;

    private bool _isFenced;
    private bool _isSpan;
    private int _ticks;
    private char _last = '\n';

    public bool IsCode => _isFenced || _isSpan || _last == '`';

    public bool IsQuoted => _last is '"' or '\'' or '“' or '„' or '«';

    /// <summary>Only blanks stand before it in its line.</summary>
    public bool IsAtLineStart { get; private set; } = true;

    public void Add(string text)
    {
        foreach (var unit in text)
        {
            Add(unit);
        }
    }

    private void Add(char unit)
    {
        if (unit == '`')
        {
            _ticks++;
            _isSpan = !_isSpan;
            if (_ticks == Fence && IsAtLineStart)
            {
                _isFenced = !_isFenced;
            }
        }
        else
        {
            IsAtLineStart = unit is '\n' || (IsAtLineStart && unit is ' ' or '\t' or '\r' && _ticks == 0);
            _ticks = 0;
        }

        // A span of code ends with its line at the latest.
        _isSpan &= unit != '\n';
        _last = unit;
    }
}
