using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>JSON of no sense in particular, of words that a door knows: where it reads a text there may be a list, and half of a character in it.</summary>
internal static class JsonSoup
{
    private static readonly string[] Scraps =
    [
        "null", "true", "false", "0", "-1", "1", "2", "1.5", "1e400", "-0.0", "99999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\ude00 a\"", "\"\\ud83d\\ude00\"",
        "\"data:image/png;base64,iVBORw0KGgo=\"", "\"data:,\"", "\"data:image/png;base64,%\"", "\"http://127.0.0.1/x.png\"", "[]", "{}",
    ];

    /// <param name="words">Names of fields, and texts, that the door looks for.</param>
    public static Arbitrary<string> Of(params string[] words) => Gen.Sized(size => Value(Math.Min(size / 8, 5), words)).ToArbitrary();

    private static Gen<string> Value(int depth, string[] words)
    {
        var leaf = Gen.OneOf(Gen.Elements(Scraps), Gen.Elements(words).Select(Quote), ArbMap.Default.ArbFor<string?>().Generator.Select(text => Quote(text ?? "")));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Value(depth - 1, words);
        var member = Gen.Elements(words).SelectMany(_ => inner, (name, value) => $"{Quote(name)}:{value}");
        return Gen.Frequency(
            (1, leaf),
            (2, inner.ListOf().Select(items => $"[{string.Join(',', items.Take(6))}]")),
            (4, member.ListOf().Select(members => $"{{{string.Join(',', members.Take(8))}}}")));
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var unit in text)
        {
            if (unit is '"' or '\\' || unit < ' ' || char.IsSurrogate(unit))
            {
                quoted.Append($"\\u{(int)unit:x4}");
            }
            else
            {
                quoted.Append(unit);
            }
        }

        return quoted.Append('"').ToString();
    }
}
