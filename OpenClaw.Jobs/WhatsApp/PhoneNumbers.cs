using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.WhatsApp;

/// <summary>How people on WhatsApp are addressed.</summary>
public static partial class PhoneNumbers
{
    /// <summary>Of messages in durable routing: <c>whatsapp:dm:+491701234567</c>.</summary>
    private const string Address = "whatsapp:dm:";

    private const string Channel = "whatsapp:";

    public static string AddressOf(string number) => Address + number;

    /// <summary>The number of <c>+49…</c>, <c>whatsapp:+49…</c> or <c>whatsapp:dm:+49…</c>; null for anything else.</summary>
    public static string? Parse(string? text)
    {
        var number = text?.Trim() ?? "";
        number = number.StartsWith(Address, StringComparison.Ordinal) ? number[Address.Length..]
            : number.StartsWith(Channel, StringComparison.Ordinal) ? number[Channel.Length..]
            : number;
        return Pattern().IsMatch(number) ? number : null;
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.ECMAScript)]
    private static partial Regex Pattern();
}
