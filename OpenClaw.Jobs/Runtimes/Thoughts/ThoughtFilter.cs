using System.Text;

namespace OpenClaw.Jobs.Runtimes.Thoughts;

/// <summary>
/// Takes out of a reply, as it comes, what the model thought and did not mean to say. Marks within code and quotation marks
/// are text, because an agent may be asked about them; so is a beginning in the middle of a line that has no end.
/// </summary>
/// <param name="say">Takes what is said, piece by piece.</param>
/// <param name="takeBack">All that was said so far was thought: the reply begins anew.</param>
/// <param name="waits">The model writes the end of its thoughts only: nothing is said before that, or before the reply's end.</param>
internal sealed class ThoughtFilter(Action<string> say, Action takeBack, bool waits = false)
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

    // False: it is text.
    private bool Take(string mark)
    {
        var kind = ThoughtMarks.KindOf(mark, out var family);
        return kind is not MarkKind.None && _state switch
        {
            State.Saying => !IsText(kind) && TakeWhileSaying(kind, family, mark),
            State.Thinking => TakeWhileThinking(kind, family, mark),
            _ => TakeWhileNaming(kind),
        };
    }

    // Thoughts may end behind a quotation mark; but where a beginning was quoted, an end is meant as it stands as well.
    private bool IsText(MarkKind kind)
    {
        var isText = _code.IsCode || (kind is MarkKind.Close ? _quotes : _code.IsQuoted);
        _quotes |= isText && kind is MarkKind.Open;
        return isText;
    }

    private bool TakeWhileSaying(MarkKind kind, int family, string mark)
    {
        switch (kind)
        {
            case MarkKind.Open:
                _isCertain = family != ThoughtMarks.Tags || !_hasSaid || _code.IsAtLineStart;
                Think(family, mark);
                _held.Append(mark);
                break;
            case MarkKind.Close when _hasSaid && (!_hasThought || _code.IsAtLineStart):
                TakeBack();
                break;
            case MarkKind.Header or MarkKind.Message or MarkKind.EndOfPart when _hasSaid && !_hasParts:
                // A reply that has parts begins with one.
                return false;
            case MarkKind.Header:
                Name();
                break;
        }

        return true;
    }

    private bool TakeWhileThinking(MarkKind kind, int family, string mark)
    {
        if (family == ThoughtMarks.Tags && _family == family && IsOfInner(kind, ThoughtMarks.NameOf(mark)))
        {
            return false;
        }

        if (kind is MarkKind.Close && family == _family)
        {
            Thought();
            return true;
        }

        if (_family != ThoughtMarks.Parts || kind is not (MarkKind.Header or MarkKind.EndOfPart))
        {
            return false;
        }

        Thought();
        if (kind is MarkKind.Header)
        {
            Name();
        }

        return true;
    }

    // Thoughts may have others within, by another name. The end of the outer ones ends both.
    private bool IsOfInner(MarkKind kind, string name)
    {
        switch (kind)
        {
            case MarkKind.Open when name != _name && _inner is null:
                _inner = name;
                return true;
            case MarkKind.Close when name == _inner:
                _inner = null;
                return true;
            default:
                return false;
        }
    }

    private bool TakeWhileNaming(MarkKind kind)
    {
        switch (kind)
        {
            case MarkKind.Header:
                _header.Clear();
                return true;
            case MarkKind.Message when _header.ToString().Trim() is "" or "final" or "assistant":
                _state = State.Saying;
                return true;
            case MarkKind.Message:
                _isCertain = true;
                Think(ThoughtMarks.Parts, mark: "");
                return true;
            default:
                return true;
        }
    }

    private void Name()
    {
        (_state, _hasParts) = (State.Naming, true);
        _header.Clear();
    }

    private void Think(int family, string mark)
    {
        _state = State.Thinking;
        (_family, _name, _inner) = (family, ThoughtMarks.NameOf(mark), null);
        _held.Clear();
    }

    private void Thought()
    {
        _state = State.Saying;
        _hasThought = true;
        _held.Clear();
        if (!_hasSaid)
        {
            _said.Clear();
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
