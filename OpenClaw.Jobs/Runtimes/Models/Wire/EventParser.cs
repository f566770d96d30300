using System.Buffers;
using System.Text;

namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>
/// Reads what a model server answers: server-sent events, or one document, whatever its content type says. More forgiving
/// than the standard where servers are: an event need not end with an empty line, and <c>error: …</c> is one (llama.cpp). Lines
/// of which none is a field are a text, such as a web server's "404 page not found" with 200.
/// </summary>
internal sealed class EventParser
{
    /// <summary>Bytes of one event, and of a document.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly List<ServerEvent> _events = [];
    private string? _name;
    private bool _hasData;
    private bool _hasFields;
    private bool? _isWhole;
    private bool _wasReturn;

    /// <summary>What has come to its end with these bytes.</summary>
    /// <exception cref="InvalidDataException">An event is too long.</exception>
    public IReadOnlyList<ServerEvent> Add(ReadOnlySpan<byte> bytes)
    {
        _events.Clear();
        if (_isWhole is null && !TryBegin(ref bytes))
        {
            return _events;
        }

        if (_isWhole is true)
        {
            Append(_line, bytes);
            return _events;
        }

        while (bytes.Length > 0)
        {
            var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            Append(_line, end < 0 ? bytes : bytes[..end]);
            if (end < 0)
            {
                break;
            }

            // Of the two that end a line one may come with the next bytes.
            if (bytes[end] != '\n' || !_wasReturn || _line.WrittenCount > 0)
            {
                ReadLine();
            }

            _wasReturn = bytes[end] == '\r';
            bytes = bytes[(end + 1)..];
            if (_wasReturn && bytes is [(byte)'\n', ..])
            {
                bytes = bytes[1..];
                _wasReturn = false;
            }
        }

        return _events;
    }

    /// <summary>What there was when the answer ended.</summary>
    public IReadOnlyList<ServerEvent> End()
    {
        _events.Clear();
        if (_isWhole is true)
        {
            _events.Add(new ServerEvent(Name: null, _line.WrittenSpan.ToArray(), IsWhole: true));
        }
        else
        {
            ReadLine();
            Complete();
            if (!_hasFields && _text.WrittenCount > 0)
            {
                _events.Add(new ServerEvent(Name: null, _text.WrittenSpan.ToArray(), IsWhole: true));
            }
        }

        return _events;
    }

    // Blanks, or a mark of the byte order, say nothing yet.
    private bool TryBegin(ref ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOfAnyExcept((ReadOnlySpan<byte>)[(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF]);
        if (start < 0)
        {
            return false;
        }

        bytes = bytes[start..];
        _isWhole = bytes[0] is (byte)'{' or (byte)'[' or (byte)'<';
        return true;
    }

    private void ReadLine()
    {
        var line = _line.WrittenSpan;
        if (line.Length == 0)
        {
            Complete();
        }
        else if (line[0] is (byte)'{' or (byte)'[')
        {
            // A server that fails within its stream may forget how streams are written.
            AddData(line);
        }
        else if (line.IndexOf((byte)':') is var colon && colon != 0)
        {
            var value = colon < 0 ? default : line[(colon + 1)..];
            if (!AddField(Encoding.UTF8.GetString(colon < 0 ? line : line[..colon]), value is [(byte)' ', ..] ? value[1..] : value) && !_hasFields && _text.WrittenCount + line.Length < ServerError.MaxLength)
            {
                Append(_text, line);
                Append(_text, "\n"u8);
            }
        }
        else
        {
            _hasFields = true;
        }

        _line.ResetWrittenCount();
    }

    // Whether it is one.
    private bool AddField(string field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case "data":
                AddData(value);
                break;
            case "error":
                _name = field;
                AddData(value);
                break;
            case "event":
                _name = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 100)]);
                break;
            case "id" or "retry":
                break;
            default:
                return false;
        }

        _hasFields = true;
        return true;
    }

    private void AddData(ReadOnlySpan<byte> value)
    {
        // A document a line, and no empty line between them.
        if (_hasData && value is [(byte)'{' or (byte)'[', ..] && _data.WrittenSpan is [.., (byte)'}' or (byte)']'])
        {
            Complete();
        }

        if (_hasData)
        {
            Append(_data, "\n"u8);
        }

        (_hasData, _hasFields) = (true, true);
        Append(_data, value);
    }

    private void Complete()
    {
        if (_hasData)
        {
            _events.Add(new ServerEvent(_name, _data.WrittenSpan.ToArray()));
        }

        _data.ResetWrittenCount();
        (_name, _hasData) = (null, false);
    }

    private static void Append(ArrayBufferWriter<byte> writer, ReadOnlySpan<byte> bytes)
    {
        if (writer.WrittenCount + bytes.Length > MaxLength)
        {
            throw new InvalidDataException($"An event, or the whole answer, is longer than {MaxLength / 1024 / 1024} MiB.");
        }

        writer.Write(bytes);
    }
}
