using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>
/// Reads a text that comes in the strings of many JSON documents. A server that cuts it between tokens cuts characters too:
/// halves of escapes and bytes of UTF-8 find their other part in the string that follows.
/// </summary>
internal sealed class JsonText
{
    private const char Replacement = '\uFFFD';

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _text = new();
    private char? _half;

    /// <summary>A text that stands in one string.</summary>
    public static string Of(JsonElement value)
    {
        var text = new JsonText();
        return text.Add(value) + text.End();
    }

    /// <summary>What is complete with the next string.</summary>
    /// <param name="value">A string; anything else has no text.</param>
    public string Add(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return "";
        }

        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        while (raw.Length > 0)
        {
            var escape = raw.IndexOf((byte)'\\');
            Decode(escape < 0 ? raw : raw[..escape], isEnd: false);
            raw = escape < 0 ? default : Unescape(raw[escape..]);
        }

        return Take();
    }

    /// <summary>What is left of a character that was never completed.</summary>
    public string End()
    {
        Decode([], isEnd: true);
        var rest = Take();
        var half = _half;
        _half = null;
        return half is null ? rest : rest + Replacement;
    }

    private string Take()
    {
        if (_half is { } half && _text.Length > 0)
        {
            _text.Insert(0, half);
            _half = null;
        }

        if (_text.Length > 0 && char.IsHighSurrogate(_text[^1]))
        {
            _half = _text[^1];
            _text.Length--;
        }

        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> escape)
    {
        Decode([], isEnd: true);
        if (escape[1] == 'u')
        {
            _text.Append((char)Convert.ToUInt16(Encoding.ASCII.GetString(escape.Slice(2, 4)), 16));
            return escape[6..];
        }

        _text.Append((char)escape[1] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        return escape[2..];
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        Span<char> chars = stackalloc char[512];
        bool completed;
        do
        {
            _decoder.Convert(bytes, chars, isEnd, out var read, out var written, out completed);
            _text.Append(chars[..written]);
            bytes = bytes[read..];
        }
        while (!completed);
    }
}
