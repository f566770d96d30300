namespace OpenClaw.Jobs.Runtimes.Thoughts;

// What a mark in a text means, by what the text is just now.
internal sealed partial class ThoughtFilter
{
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
}
