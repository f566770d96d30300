using System.Globalization;
using System.Text;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Agents;

/// <summary>Makes an agent's unique session key from its name.</summary>
public static class AgentSlug
{
    private const int MaxNamePart = 40;
    private const int IdDigits = 12;

    /// <summary><c>agent:web:{slug}</c>: the name in small letters of its own script, and enough of the id to be unique.</summary>
    public static string SessionKey(string name, Guid id)
    {
        // The last twelve digits of a version 7 id are random.
        var part = Of(name);
        return $"{AgentLookup.OwnConversation}{(part.Length == 0 ? "agent" : part)}-{id.ToString("N")[^IdDigits..]}";
    }

    /// <summary>The name as it stands in a slug: letters and digits of any script, Latin ones without their marks, dashes between them. Empty when there are none.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();

        foreach (var rune in ForeignText.Clean(name).ToLowerInvariant().EnumerateRunes())
        {
            // A mark that follows its Latin letter instead of being one with it.
            if (rune.Value is >= 0x300 and < 0x370 && slug.Length > 0 && char.IsAsciiLetterOrDigit(slug[^1]))
            {
                continue;
            }

            var text = Plain(rune);
            if (slug.Length + Math.Max(1, text.Length) > MaxNamePart)
            {
                break;
            }

            if (text.Length > 0)
            {
                slug.Append(text);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().Trim('-');
    }

    /// <summary>A slug for where letters must be ASCII: the same, or what is unique in it.</summary>
    public static string Ascii(string slug) => Ascii7(slug) || slug.Length < IdDigits ? slug : $"agent-{slug[^IdDigits..]}";

    private static bool Ascii7(string text) => text.All(char.IsAscii);

    private static string Plain(Rune rune)
    {
        // Full-width letters are the plain ones.
        if (rune.Value is > 0xFF00 and < 0xFF5F)
        {
            rune = new Rune(rune.Value - 0xFEE0);
        }

        if (rune.IsBmp && LatinLetters.Of((char)rune.Value) is { } plain)
        {
            return plain;
        }

        // The marks of other scripts stay with their letters.
        return Rune.IsLetterOrDigit(rune) || (!rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) ? rune.ToString() : "";
    }
}
