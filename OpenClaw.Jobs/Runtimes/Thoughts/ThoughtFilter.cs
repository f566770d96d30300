using System.Text;

namespace OpenClaw.Jobs.Runtimes.Thoughts;

/// <summary>
/// Takes out of a reply, as it comes, what the model thought and did not mean to say. Marks within code and quotation marks
/// are text, because an agent may be asked about them; so is a beginning in the middle of a line that has no end.
/// </summary>
/// <param name="say">Takes what is said, piece by piece.</param>
/// <param name="takeBack">All that was said so far was thought: the reply begins anew.</param>
/// <param name="waits">The model writes the end of its thoughts only: nothing is said before that, or before the reply's end.</param>
internal sealed partial class ThoughtFilter(Action<string> say, Action takeBack, bool waits = false)
{
    // More of a reply is not held back to see whether it is a thought.
    private const int MaxHeld = 262_144;

    private const int MaxHeader = 200;

    private readonly StringBuilder _ahead = new();
    private readonly StringBuilder _held = new();
    private readonly StringBuilder _header = new();
    private readonly StringBuilder _said = new();
    private readonly CodeState _code = new();
    private State _state;
    private int _family;
    private string? _name;
    private string? _inner;
    private bool _isCertain;
    private bool _hasParts;
    private bool _hasSaid;
    private bool _hasThought;
    private bool _quotes;
    private string? _takenBack;
    private int _told;
    private bool _waits = waits;

    private enum State
    {
        Saying,
        Thinking,
        Naming,
    }

    /// <summary>What was said turned out to be thought: an end came that had no beginning.</summary>
    public bool TookBack { get; private set; }

    /// <summary>The text without thoughts.</summary>
    public static string Without(string text)
    {
        if (!text.AsSpan().ContainsAny(ThoughtMarks.Starts))
        {
            return text;
        }

        var said = new StringBuilder(text.Length);
        var filter = new ThoughtFilter(piece => said.Append(piece), () => said.Clear());
        filter.Add(text);
        filter.End();
        return said.ToString();
    }

    /// <summary>The next part of the reply.</summary>
    public void Add(string piece)
    {
        _ahead.Append(piece);
        Look(ended: false);
        Tell();
    }

    /// <summary>There is no more of it.</summary>
    public void End()
    {
        Look(ended: true);
        if (_state is State.Thinking && !_isCertain)
        {
            Say(_held.ToString());
        }

        // An end behind the last word ended nothing.
        if (_takenBack is { } before && !_hasSaid)
        {
            _said.Clear().Append(before);
            (_hasSaid, TookBack) = (true, false);
        }

        _waits = false;
        Tell();
    }

    private void Tell()
    {
        // Blanks before the first word may come before thoughts, and then are none of the reply.
        if (_waits || _told == _said.Length || !_hasSaid)
        {
            return;
        }

        var piece = _said.ToString(_told, _said.Length - _told);
        _told = _said.Length;
        say(piece);
    }

    private void Look(bool ended)
    {
        var text = _ahead.ToString();
        _ahead.Clear();
        for (var i = 0; i < text.Length;)
        {
            var ahead = text.AsSpan(i).IndexOfAny(ThoughtMarks.Starts);
            if (ahead != 0)
            {
                var next = ahead < 0 ? text.Length : i + ahead;
                Pass(text[i..next]);
                i = next;
                continue;
            }

            var length = ThoughtMarks.LengthAt(text, i, ended);
            if (length == 0)
            {
                _ahead.Append(text, i, text.Length - i);
                return;
            }

            if (length < 0 || !Take(text.Substring(i, length)))
            {
                length = 1;
                Pass(text[i..(i + 1)]);
            }

            i += length;
        }
    }

    private void TakeBack()
    {
        _takenBack = _said.ToString();
        _said.Clear();
        (_hasSaid, _hasThought, TookBack) = (false, true, true);
        if (_told > 0)
        {
            takeBack();
        }

        _told = 0;
        _waits = false;
    }

    private void Pass(string text)
    {
        switch (_state)
        {
            case State.Saying:
                Say(text);
                break;
            case State.Thinking when !_isCertain && _held.Length + text.Length <= MaxHeld:
                _held.Append(text);
                break;
            case State.Thinking when !_isCertain:
                _state = State.Saying;
                Say(_held + text);
                break;
            case State.Naming when _header.Append(text).Length > MaxHeader:
                _state = State.Saying;
                Say(_header.ToString());
                break;
        }
    }

    private void Say(string text)
    {
        var words = _hasThought && _said.Length == 0 ? text.TrimStart() : text;
        _said.Append(words);
        _code.Add(words);
        _hasSaid |= !string.IsNullOrWhiteSpace(words);
    }
}
