using System.Globalization;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Channels.WhatsApp.Inbound;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Web.Webhooks;

/// <summary>
/// Reads the form of a message as Twilio sends it. Its signature says that it is Twilio's, not that its words are sane: all
/// of them are cut and cleaned here, and what is no text is put into words.
/// </summary>
internal static class InboundForm
{
    // Characters. Who writes more than WhatsApp lets through is no person.
    private const int MaxText = 16_384;
    private const int MaxName = 255;
    private const int MaxUrl = 2_048;
    private const int MaxWord = 255;
    private const int MaxSid = 64;
    private const int MostMedia = 10;

    /// <summary>Null for a form that names no message or no sender that can be answered.</summary>
    public static InboundText? Read(IFormCollection form)
    {
        if (Sid(form) is not { } sid || PhoneNumbers.Parse(form["From"]) is not { } number)
        {
            return null;
        }

        var isReaction = Word(form, "MessageType") == "reaction";
        var media = Media(form);
        var text = Field(form, "Body", MaxText);
        return new InboundText(sid, number, Field(form, "ProfileName", MaxName) is { Length: > 0 } name ? name : null, isReaction ? $"Reaction: {text}" : Words(form, text, media.Count > 0), media)
        {
            IsReaction = isReaction,
        };
    }

    /// <summary>Twilio's id of a message; null without one that can be kept.</summary>
    public static string? Sid(IFormCollection form) =>
        form["MessageSid"].ToString() is { Length: > 0 and <= MaxSid } sid && sid.All(letter => letter is > ' ' and <= '~') ? sid : null;

    /// <summary>A field without what cannot be kept, and not longer than so many characters and an ellipsis.</summary>
    public static string Field(IFormCollection form, string name, int most) => ForeignText.Clean(form[name].ToString(), most);

    private static string Word(IFormCollection form, string name) => Field(form, name, MaxWord);

    private static string Words(IFormCollection form, string body, bool hasMedia)
    {
        var place = Place(form);
        var text = Pressed(form) ?? (body.Length > 0 || hasMedia ? body : First(form, "ButtonText", "ListTitle"));
        if (place is not null)
        {
            return text.Length == 0 ? place : $"{text}\n{place}";
        }

        if (text.Length > 0 || hasMedia)
        {
            return text;
        }

        // Twilio's word for what it hands on without a text: contacts, orders, and what WhatsApp will have tomorrow.
        return (Word(form, "MessageType"), Field(form, "Contacts", MaxText)) switch
        {
            (_, { Length: > 0 } contacts) => $"Contacts: {contacts}",
            ("" or "text", _) => "",
            (var type, _) => $"(A message of the type {type}, which cannot be shown as text.)",
        };
    }

    // What stands on a button is for people ("Pause"); what it means is behind it ("pause_mira").
    private static string? Pressed(IFormCollection form) =>
        First(form, "ButtonPayload", "ListId").Replace('_', ' ') is { Length: > 0 } behind && CommandParser.Read(behind) is Reading.Exact { Slipped: false } ? behind : null;

    private static string? Place(IFormCollection form)
    {
        var (latitude, longitude) = (Word(form, "Latitude"), Word(form, "Longitude"));
        var named = string.Join(", ", ((string[])[Word(form, "Label"), Word(form, "Address")]).Where(part => part.Length > 0));
        return latitude.Length == 0 || longitude.Length == 0 ? null : named.Length == 0 ? $"Location: {latitude}, {longitude}" : $"Location: {named} ({latitude}, {longitude})";
    }

    private static string First(IFormCollection form, params string[] names) =>
        names.Select(name => Word(form, name)).FirstOrDefault(value => value.Length > 0) ?? "";

    private static List<InboundMedia> Media(IFormCollection form)
    {
        var count = int.TryParse(form["NumMedia"], CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, MostMedia) : 0;
        return [.. Enumerable.Range(0, count).Select(i => new InboundMedia(Field(form, $"MediaUrl{i}", MaxUrl), Word(form, $"MediaContentType{i}")))];
    }
}
