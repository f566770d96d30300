using System.Net;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

/// <summary>Who is heard, however their number is written, and what is not for us.</summary>
public sealed class SendersTests
{
    private const string Id = "DE.1234567890123456789";

    [Test]
    public async Task A_number_is_its_subscribers_in_each_spelling()
    {
        await using var bench = await WhatsAppBench.StartAsync(settings: _ => [("WHATSAPP_ALLOW_FROM", $"+5511987654321,+525512345678,+5491123456789,{Id}")]);
        foreach (var spelling in new[] { "+551187654321", "+5215512345678", "+541123456789", "+5511987654321", Id })
        {
            await bench.WriteAsync("list agents", from: spelling);
        }

        await Eventually.That(() => bench.Twilio.Accepted.Select(text => text.To), Is.EquivalentTo(new[] { "whatsapp:+541123456789", "whatsapp:+551187654321", "whatsapp:+5511987654321", "whatsapp:+5215512345678", $"whatsapp:{Id}" }));
        Assert.That(bench.Handler.Messages.Select(message => message.Caller.Owner), Is.All.EqualTo("admin").And.Exactly(5).Items);
        Assert.That((await bench.Service.Api.GetJsonAsync("/api/v1/contacts/+551187654321/messages")).Body.GetProperty("messages").GetArrayLength(), Is.EqualTo(4));

        await bench.WriteAsync("unsubscribe", from: "+5215512345678");
        await Eventually.That(() => bench.TextAsync("SELECT opted_out_at IS NOT NULL FROM openclaw.contacts WHERE number = '+5215512345678'"), Is.EqualTo("True"));
        await bench.SendAsync("to the other spelling", to: "+525512345678");
        await Eventually.That(() => bench.TextAsync("SELECT state FROM openclaw.whatsapp_messages WHERE body = 'to the other spelling'"), Is.EqualTo("failed"));
        await bench.Service.Api.ProvisionAsync("mira");
        await Eventually.That(
            () => bench.Twilio.Accepted.Where(text => text.Body == "mira is up.").Select(text => text.To),
            Is.EquivalentTo(new[] { "whatsapp:+541123456789", "whatsapp:+5511987654321", $"whatsapp:{Id}" }));
    }

    [Test]
    public async Task What_the_account_signs_for_another_channel_number_or_account_is_refused()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        (string Name, string Value)[][] table =
        [
            [("From", WhatsAppBench.Owner)],
            [("From", $"sms:{WhatsAppBench.Owner}")],
            [("From", $"messenger:{WhatsAppBench.Owner}")],
            [("To", WhatsAppBench.From)],
            [("To", "whatsapp:+14155550000")],
            [("AccountSid", "AC00000000000000000000000000000000")],
        ];
        foreach (var changes in table)
        {
            var form = new Dictionary<string, string>
            {
                ["MessageSid"] = "SM1",
                ["From"] = $"whatsapp:{WhatsAppBench.Owner}",
                ["To"] = $"whatsapp:{WhatsAppBench.From}",
                ["AccountSid"] = WhatsAppBench.Account,
                ["Body"] = "list agents",
            };
            foreach (var (name, value) in changes)
            {
                form[name] = value;
            }

            using var answer = await bench.PostAsync(WebhookUrl.InboundPath, form);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), string.Join(", ", changes));
        }

        Assert.That(await bench.TextAsync("SELECT count(*) FROM openclaw.whatsapp_messages"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Whatever_a_signed_form_holds_is_taken_and_never_a_failure()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        (string Name, string Value)[][] table =
        [
            [("Body", new string('x', 16_383) + "😀")],
            [("Body", "NUL \0 in it"), ("ProfileName", "A\0da")],
            [("MessageSid", "SM\0nul")],
            [("MessageSid", new string('S', 1_000))],
            [("From", "whatsapp:someone?")],
            [("From", "whatsapp:+49170\0")],
            [("NumMedia", "3"), ("MediaUrl0", "\0"), ("MediaContentType0", "\ufffd\0")],
            [("MessageType", "reaction"), ("Body", "👍"), ("OriginalRepliedMessageSid", "SM1")],
            [("Body", ""), ("Latitude", "52.52"), ("Longitude", "13.40"), ("Address", "Berlin")],
            [("Body", "")],
        ];
        foreach (var (index, changes) in table.Index())
        {
            var form = new Dictionary<string, string> { ["MessageSid"] = $"SM-{index}", ["From"] = $"whatsapp:{WhatsAppBench.Owner}", ["Body"] = "hello" };
            foreach (var (name, value) in changes)
            {
                form[name] = value;
            }

            using var answer = await bench.PostAsync(WebhookUrl.InboundPath, form);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{index}");
        }

        using var status = await bench.PostAsync(WebhookUrl.StatusPath, new() { ["MessageSid"] = "SM-0", ["MessageStatus"] = "failed", ["ErrorCode"] = "1", ["ErrorMessage"] = "odd \0" });
        Assert.That(status.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await Eventually.That(() => bench.TextAsync("SELECT count(*) FROM openclaw.whatsapp_messages WHERE direction = 'in' AND state = 'handled'"), Is.EqualTo("6"));
        await Eventually.That(() => bench.Shown(), Has.One.StartsWith("There is nothing in that message").And.One.EqualTo("You said Location: Berlin (52.52, 13.40).").And.None.Contain("👍"));
        Assert.That(await bench.TextAsync("SELECT body FROM openclaw.whatsapp_messages WHERE sid = 'SM-7'"), Is.EqualTo("Reaction: 👍"));
    }
}
