using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OpenClaw.Web.Webhooks;

namespace OpenClaw.Tests.WhatsApp;

/// <summary>What Twilio's form may hold, and what is made of it.</summary>
public sealed class InboundFormTests
{
    private static readonly string[] Fields =
    [
        "MessageSid", "From", "To", "AccountSid", "Body", "ProfileName", "NumMedia", "MediaUrl0", "MediaContentType0", "MediaUrl9", "Latitude", "Longitude", "Label", "Address",
        "MessageType", "ButtonText", "ButtonPayload", "ListId", "ListTitle", "Contacts", "ErrorMessage",
    ];

    [TestCase("Latitude=52.52|Longitude=13.40|Address=Berlin|MessageType=location|Body=", "Location: Berlin (52.52, 13.40)")]
    [TestCase("Latitude=52.52|Longitude=13.40|Label=Office|Address=Main Street|Body=meet here", "meet here\nLocation: Office, Main Street (52.52, 13.40)")]
    [TestCase("Latitude=1|Longitude=2", "Location: 1, 2")]
    [TestCase("ButtonText=Pause|ButtonPayload=pause_mira|Body=Pause", "pause mira")]
    [TestCase("ButtonText=No|ButtonPayload=answer_9c3e4f1a_2|Body=No", "answer 9c3e4f1a 2")]
    [TestCase("ButtonText=Pause|ButtonPayload=btn-7|Body=Pause", "Pause")]
    [TestCase("ButtonText=Yes, do it|Body=", "Yes, do it")]
    [TestCase("ListId=status|ListTitle=How is it?|Body=How is it?", "status")]
    [TestCase("MessageType=contacts|Contacts=[{\"name\":\"Bob\"}]|Body=", "Contacts: [{\"name\":\"Bob\"}]")]
    [TestCase("MessageType=order|Body=", "(A message of the type order, which cannot be shown as text.)")]
    [TestCase("MessageType=text|Body=hello", "hello")]
    [TestCase("MessageType=image|NumMedia=1|MediaUrl0=https://api.twilio.com/x|MediaContentType0=image/png|Body=", "")]
    [TestCase("MessageType=reaction|Body=👍|OriginalRepliedMessageSid=SM1", "Reaction: 👍")]
    [TestCase("Body=half \ufffd and NUL \0 and \u001b[31m", "half \ufffd and NUL \ufffd and \ufffd[31m")]
    public void What_is_no_text_is_put_into_words(string fields, string text)
    {
        var read = InboundForm.Read(Form([.. fields.Split('|').Select(field => field.Split('=', 2)).Select(field => (field[0], field[1])), ("MessageSid", "SM1"), ("From", "whatsapp:DE.1234567890123456789")]));

        Assert.That((read!.Number, read.Text, read.IsReaction), Is.EqualTo(("DE.1234567890123456789", text, text.StartsWith("Reaction", StringComparison.Ordinal))));
    }

    [Test]
    public void A_long_text_is_cut_between_characters() =>
        Assert.That(InboundForm.Read(Form([("MessageSid", "SM1"), ("From", "whatsapp:+491701234567"), ("Body", new string('x', 16_383) + "😀")]))!.Text, Is.EqualTo(new string('x', 16_383) + "…"));

    [Test]
    public void Whatever_the_form_holds_can_be_kept_and_is_bounded()
    {
        var values = Gen.Frequency(
            (40, Gen.Elements("SM1", "whatsapp:+491701234567", "whatsapp:DE.1", "+4917", "\0", "\ud83d", "\ude00\ud83d", "1", "10", "-3", "999999999999", "reaction", "location", "52.5", "pause_mira", "__", "text", "YES 1234", "\u202e")),
            (40, ArbMap.Default.GeneratorFor<string>().Select(value => value ?? "")),
            (1, Gen.Choose(0, 40_000).Select(count => string.Concat(Enumerable.Repeat("😀", count / 2)))));
        var forms = Gen.ArrayOf(Gen.Elements(Fields).SelectMany(name => values.Select(value => (name, value))));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(10_000),
            Prop.ForAll(Arb.From(forms), fields =>
            {
                var known = fields.Append(("MessageSid", "SM1")).Append(("From", "whatsapp:+491701234567")).DistinctBy(field => field.Item1).ToArray();
                return InboundForm.Read(Form(known)) is not { } read
                    || (read.Text.Length <= 16_385 + 1_100 && (read.Name?.Length ?? 0) <= 256 && read.Sid.Length <= 64 && read.Media.Count <= 10
                        && ((string[])[read.Text, read.Name ?? "", read.Sid, read.Number, .. read.Media.SelectMany(one => new[] { one.Url, one.ContentType })]).All(IsKept));
            }));
    }

    private static bool IsKept(string text) => !text.Contains('\0') && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static FormCollection Form(IEnumerable<(string Name, string Value)> fields) => new(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value)));
}
