using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// How people on WhatsApp are addressed: by their number in E.164 form or, where they hide it, by the id that WhatsApp gives
/// them for us (<c>DE.1234567890123456789</c>).
/// </summary>
public static partial class PhoneNumbers
{
    /// <summary>Of messages in durable routing: <c>whatsapp:dm:+491701234567</c>.</summary>
    private const string Address = "whatsapp:dm:";

    private const string Channel = "whatsapp:";

    // Where a number is written in two ways and WhatsApp knows its subscriber by either: the ninth digit of Brazil's mobile
    // numbers, the 1 and the 9 that Mexico and Argentina put before theirs from abroad, and Benin's 01 of 2024.
    private static readonly (Regex Pattern, string Mark)[] TwoSpellings = [(Brazil(), "9"), (Mexico(), "1"), (Argentina(), "9"), (Benin(), "01")];

    public static string AddressOf(string number) => Address + number;

    /// <summary>The number, or id, of <c>+49…</c>, <c>whatsapp:+49…</c> or <c>whatsapp:dm:+49…</c>; null for anything else.</summary>
    public static string? Parse(string? text)
    {
        var number = text?.Trim() ?? "";
        number = number.StartsWith(Address, StringComparison.Ordinal) ? number[Address.Length..]
            : number.StartsWith(Channel, StringComparison.Ordinal) ? number[Channel.Length..]
            : number;
        return Pattern().IsMatch(number) ? number : null;
    }

    /// <summary>Whether the address is one of WhatsApp's, as Twilio writes it.</summary>
    public static bool IsOfWhatsApp(string address) => address.StartsWith(Channel, StringComparison.Ordinal);

    /// <summary>All ways to write the number that reach the same subscriber, the shortest first; for most it is the only one.</summary>
    public static string[] SpellingsOf(string number)
    {
        foreach (var (pattern, mark) in TwoSpellings)
        {
            if (pattern.Match(number) is { Success: true, Groups: var parts })
            {
                return [$"+{parts["area"]}{parts["local"]}", $"+{parts["area"]}{mark}{parts["local"]}"];
            }
        }

        return [number];
    }

    /// <summary>One name for the subscriber, however the number is written.</summary>
    public static string SubscriberOf(string number) => SpellingsOf(number)[0];

    [GeneratedRegex(@"^(\+[1-9][0-9]{6,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})$", RegexOptions.ECMAScript)]
    private static partial Regex Pattern();

    // Of the mobile numbers only those that had eight digits once: others would become somebody's landline without their first.
    [GeneratedRegex(@"^\+(?<area>55[1-9][0-9])9?(?<local>[6-9][0-9]{7})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Brazil();

    [GeneratedRegex(@"^\+(?<area>52)1?(?<local>[2-9][0-9]{9})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Mexico();

    [GeneratedRegex(@"^\+(?<area>54)9?(?<local>[1-8][0-9]{9})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Argentina();

    [GeneratedRegex(@"^\+(?<area>229)(01)?(?<local>[2-9][0-9]{7})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Benin();
}
