using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Requests;

/// <summary>
/// What a caller's own JSON may be, so that PostgreSQL can keep it and everybody can read it again. It counts as it is
/// stored: <c>jsonb</c> writes numbers without exponents, so that the nine bytes of 1e131000 become 131,001 at each read.
/// </summary>
internal static class JsonRules
{
    /// <summary>Of the object within what carries it: frames and answers add a few levels, and may have 64.</summary>
    public const int MaxDepth = 32;

    private const int MaxBytes = 65_536;
    private const int MaxValues = 10_000;

    // Any double fits, written out. PostgreSQL keeps up to 16,383 digits behind the point.
    private const int MaxDigits = 1_000;

    public static string ObjectRule(string field) =>
        $"{field} must be a JSON object of up to {MaxBytes / 1024} KiB with its numbers written out, at most {MaxDepth} levels deep, of at most {MaxValues} values, "
        + $"with numbers of up to {MaxDigits} digits, in valid Unicode, without NUL characters.";

    public static bool IsStorableObject(JsonElement json)
    {
        var room = new Room { Bytes = MaxBytes, Values = MaxValues };
        return json.ValueKind is JsonValueKind.Object && room.Take(JsonMarshal.GetRawUtf8Value(json).Length) && Fits(json, MaxDepth, ref room);
    }

    private static bool Fits(JsonElement value, int depth, ref Room room)
    {
        if (--room.Values < 0 || (depth == 0 && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
        {
            return false;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (!ForeignJson.TryName(member, out _) || !Fits(member.Value, depth - 1, ref room))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (!Fits(item, depth - 1, ref room))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.String:
                return ForeignJson.TryText(value, out _);
            case JsonValueKind.Number:
                return room.Take(Zeros(JsonMarshal.GetRawUtf8Value(value)));
            default:
                return true;
        }
    }

    // How many digits an exponent adds when the number is written out; too many for anybody when it is beyond the limit.
    private static int Zeros(ReadOnlySpan<byte> number)
    {
        var mark = number.IndexOfAny((byte)'e', (byte)'E');
        if (mark < 0)
        {
            return number.Length <= MaxDigits ? 0 : MaxBytes;
        }

        return int.TryParse(number[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && exponent is > -MaxDigits and < MaxDigits && Math.Abs(exponent) + mark <= MaxDigits
                ? Math.Abs(exponent)
                : MaxBytes;
    }

    private ref struct Room
    {
        public int Bytes;
        public int Values;

        public bool Take(int bytes) => bytes <= Bytes && (Bytes -= bytes) >= 0;
    }
}
