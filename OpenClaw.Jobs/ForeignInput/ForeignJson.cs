using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OpenClaw.Jobs.ForeignInput;

/// <summary>
/// JSON from outside. Its escapes can spell what no text may hold, NUL and halves of characters, and a reader of JSON throws
/// at them, or lets them through to PostgreSQL, which does.
/// </summary>
public static class ForeignJson
{
    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> Replacement => "\\ufffd"u8;

    /// <summary>Replaces, in place, each escape that spells NUL or half of a character. Returns how many there were.</summary>
    public static int Mend(Span<byte> json)
    {
        var mended = 0;
        for (var at = json.IndexOf((byte)'\\'); at >= 0 && at + 1 < json.Length;)
        {
            var step = 2;
            if (EscapeAt(json, at) is { } unit)
            {
                step = EscapeLength;
                if (char.IsHighSurrogate(unit) && EscapeAt(json, at + EscapeLength) is { } next && char.IsLowSurrogate(next))
                {
                    step = 2 * EscapeLength;
                }
                else if (unit == '\0' || char.IsSurrogate(unit))
                {
                    Replacement.CopyTo(json[at..]);
                    mended++;
                }
            }

            var following = Math.Min(at + step, json.Length);
            var found = json[following..].IndexOf((byte)'\\');
            at = found < 0 ? -1 : following + found;
        }

        return mended;
    }

    /// <summary>The text of a JSON string, mended where need be; null for any other value.</summary>
    public static string? Text(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        if (TryText(value, out var text))
        {
            return text;
        }

        // Bytes that are no UTF-8 become U+FFFD first, so that the rest can be read.
        var json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)));
        Mend(json);
        return JsonSerializer.Deserialize<string>(json);
    }

    /// <summary>Whether it is a JSON string and this word; the framework's own comparison throws at half a character.</summary>
    public static bool Is(JsonElement value, string word) => value.ValueKind is JsonValueKind.String && TryText(value, out var text) && text == word;

    /// <summary>False when the JSON string holds NUL, half of a character, or bytes that are no UTF-8.</summary>
    public static bool TryText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return !text.Contains('\0');
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>A member of an object; null where there is none, or no object.</summary>
    public static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The whole number that a member is; null for anything else.</summary>
    public static int? WholeNumber(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var number) ? number : null;

    /// <summary>Whether all names and texts in it can be kept.</summary>
    public static bool IsWhole(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TryText(value, out _),
        JsonValueKind.Array => value.EnumerateArray().All(IsWhole),
        JsonValueKind.Object => value.EnumerateObject().All(member => TryName(member, out _) && IsWhole(member.Value)),
        _ => true,
    };

    /// <summary>False when the member's name cannot be kept.</summary>
    public static bool TryName(JsonProperty member, out string name)
    {
        try
        {
            name = member.Name;
            return !name.Contains('\0');
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }

    // The unit that an escape of the form \uXXXX spells; null when there is none.
    private static char? EscapeAt(ReadOnlySpan<byte> json, int at) =>
        at + EscapeLength <= json.Length && json[at] == '\\' && json[at + 1] == 'u' && ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
