using System.Globalization;
using System.Text;

namespace OpenClaw.Jobs.Agents;

/// <summary>Makes an agent's unique session key from its name.</summary>
public static class AgentSlug
{
    private const int MaxNamePart = 40;
    private const int IdDigits = 12;

    // Latin letters that are no plain letter with a mark.
    private static readonly Dictionary<char, string> Spelled = new()
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['đ'] = "d", ['ð'] = "d", ['þ'] = "th", ['ł'] = "l", ['ı'] = "i", ['ħ'] = "h",
    };

    /// <summary><c>agent:web:{slug}</c>: the name in small letters of its own script, and enough of the id to be unique.</summary>
    public static string SessionKey(string name, Guid id)
    {
        // The last twelve digits of a version 7 id are random.
        var part = Of(name);
        return $"{AgentNames.OwnConversation}{(part.Length == 0 ? "agent" : part)}-{id.ToString("N")[^IdDigits..]}";
    }

    /// <summary>The name as it stands in a slug: letters and digits of any script, Latin ones without their marks, dashes between them. Empty when there are none.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();

        // Compatibility forms (full-width letters, ligatures) are the plain ones; marks of other scripts stay with their letters.
        foreach (var rune in ForeignText.Clean(name).Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
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
        if (rune.IsBmp && Spelled.TryGetValue((char)rune.Value, out var spelled))
        {
            return spelled;
        }

        var text = rune.ToString();
        if (rune.IsAscii)
        {
            return Rune.IsLetterOrDigit(rune) ? text : "";
        }

        var bare = text.Normalize(NormalizationForm.FormD)[0];
        return char.IsAsciiLetterOrDigit(bare) ? bare.ToString()
            : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? text
            : "";
    }
}
