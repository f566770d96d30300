using System.Text.Json.Nodes;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

[Category("Slow")]
public sealed class DeliveryTests
{
    private const string Outcome = "SELECT string_agg(concat_ws(' ', state, error_code), ', ' ORDER BY id) FROM openclaw.whatsapp_messages WHERE direction = 'out'";

    private WhatsAppBench _bench = null!;

    [SetUp]
    public async Task Start() => _bench = await WhatsAppBench.StartAsync(withTemplate: TestContext.CurrentContext.Test.Name.Contains("template"));

    [TearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task A_message_is_the_request_that_twilio_documents()
    {
        await _bench.SendAsync("Grüße & 1+1=2 🙂\nline two");

        var request = (await Eventually.That(() => _bench.Twilio.Requests.ToArray(), Has.Length.EqualTo(1)))[0];
        var id = await _bench.TextAsync("SELECT id FROM openclaw.whatsapp_messages");
        Assert.That(request.Path, Is.EqualTo($"/2010-04-01/Accounts/{WhatsAppBench.Account}/Messages.json"));
        Assert.That(request.Credentials, Is.EqualTo($"{WhatsAppBench.Account}:{WhatsAppBench.AuthToken}"));
        Assert.That(request.Form, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["To"] = "whatsapp:+491701234567",
            ["From"] = "whatsapp:+14155238886",
            ["Body"] = "Grüße & 1+1=2 🙂\nline two",
            ["StatusCallback"] = $"{WhatsAppBench.Public}/webhooks/twilio/status?message={id}",
        }));
        await Eventually.That(() => _bench.TextAsync("SELECT concat_ws(' ', state, sid) FROM openclaw.whatsapp_messages"), Is.EqualTo($"queued {_bench.Twilio.Accepted.Single().Sid}"));
    }

    [Test]
    public async Task The_same_key_is_one_message_and_messages_arrive_in_order()
    {
        for (var number = 1; number <= 5; number++)
        {
            await _bench.SendAsync($"number {number}", $"key-{number}");
        }

        await _bench.SendAsync("once more", "key-3");

        await Eventually.That(() => _bench.TextAsync(Outcome), Is.EqualTo("queued, queued, queued, queued, queued"));
        Assert.That(_bench.Shown(), Is.EqualTo(new[] { "number 1", "number 2", "number 3", "number 4", "number 5" }));
    }

    [TestCase(429, 20429)]
    [TestCase(400, 63018)]
    [TestCase(500, 0)]
    [TestCase(503, 20500)]
    public async Task What_may_work_later_is_tried_again(int status, int code)
    {
        _bench.Twilio.Refuse(status, code);

        await _bench.SendAsync("patience");

        await Eventually.That(() => _bench.TextAsync(Outcome), Is.EqualTo("queued"));
        Assert.That(_bench.Shown(), Is.EqualTo(new[] { "patience" }));
        Assert.That(_bench.Twilio.Requests, Has.Count.EqualTo(2));
    }

    [TestCase(400, 21211)]
    [TestCase(400, 63003)]
    [TestCase(400, 63016)]
    [TestCase(401, 20003)]
    public async Task What_cannot_work_is_not_tried_again_and_is_in_nobodys_way(int status, int code)
    {
        _bench.Twilio.Refuse(status, code);

        await _bench.SendAsync("in vain");
        await _bench.SendAsync("the next one");

        await Eventually.That(() => _bench.TextAsync(Outcome), Is.EqualTo($"failed {code}, queued"));
        Assert.That(_bench.Shown(), Is.EqualTo(new[] { "the next one" }));
    }

    [Test]
    public async Task Who_has_opted_out_at_twilio_is_sent_nothing_more()
    {
        _bench.Twilio.Refuse(400, 21610);

        await _bench.SendAsync("one");
        await Eventually.That(() => _bench.TextAsync("SELECT opted_out_at IS NOT NULL FROM openclaw.contacts"), Is.EqualTo("True"));
        await _bench.SendAsync("two");

        await Eventually.That(() => _bench.TextAsync(Outcome), Is.EqualTo("failed 21610, failed"));
        Assert.That(_bench.Twilio.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Without_an_open_window_a_message_goes_as_template()
    {
        await _bench.SendAsync("two\nlines");

        var form = (await Eventually.That(() => _bench.Twilio.Requests.ToArray(), Has.Length.EqualTo(1)))[0].Form;
        Assert.That((form["ContentSid"], form["ContentVariables"], form.ContainsKey("Body")), Is.EqualTo((WhatsAppBench.Template, """{"1":"two lines"}""", false)));
    }

    // 23 characters of the template's own words are beside each: "News of your agents: {{1}}".
    [Test]
    public async Task A_long_text_goes_as_parts_that_fit_a_template_in_order()
    {
        var texts = new[] { 1_500, 1_010, 900, 3_300 }.Select(length => string.Concat(Enumerable.Range(0, length / 5).Select(number => $"{number:0000} "))[..length].TrimEnd()).ToList();
        foreach (var text in texts)
        {
            await _bench.SendAsync(text);
        }

        var sent = (await Eventually.That(() => _bench.Twilio.Requests.ToArray(), Has.Length.EqualTo(2 + 2 + 1 + 5))).Select(request => JsonNode.Parse(request.Form["ContentVariables"])!["1"]!.GetValue<string>()).ToList();
        Assert.That(sent.Select(part => part.Length), Is.All.LessThanOrEqualTo(WhatsAppOutbox.MaxTemplateLength));
        Assert.That(string.Join(' ', sent), Is.EqualTo(string.Join(' ', texts)));
    }

    [Test]
    public async Task A_window_that_has_closed_after_all_makes_a_long_text_parts_of_a_template_and_what_it_carries_follows_the_last()
    {
        await _bench.WriteAsync("hello");
        await Eventually.That(() => _bench.Shown(), Has.Length.EqualTo(1));
        _bench.Twilio.Refuse(400, 63016);

        await _bench.Service.Api.PostAsync("/messages", new { id = "m-1", from = "someone", to = $"whatsapp:dm:{WhatsAppBench.Owner}", content = string.Concat(Enumerable.Repeat("word ", 300)) + "end" });
        await _bench.SendAsync("the next one");

        await Eventually.That(() => _bench.TextAsync(Outcome), Is.EqualTo("queued, queued, queued, queued"));
        var shown = _bench.Twilio.Accepted.ToArray();
        Assert.That(shown[^1].Body, Is.EqualTo("the next one"));
        Assert.That(shown[1..3].Select(part => part.Body), Is.All.StartsWith("Template: ").And.All.Length.LessThan(1_024));
        const string state = "SELECT concat_ws(' ', state, acked_at IS NOT NULL) FROM openclaw_system.notifications WHERE message_id = 'm-1'";
        await _bench.TellAsync(shown[1].Sid, "read");
        Assert.That(await _bench.TextAsync(state), Is.EqualTo("delivered f"));
        await _bench.TellAsync(shown[2].Sid, "read");
        Assert.That(await _bench.TextAsync(state), Is.EqualTo("delivered t"));
    }

    [Test]
    public async Task A_window_that_has_closed_after_all_makes_it_a_template_at_once()
    {
        await _bench.WriteAsync("hello");
        await Eventually.That(() => _bench.Shown(), Has.Length.EqualTo(1));
        _bench.Twilio.Refuse(400, 63016);

        await _bench.SendAsync("late");

        await Eventually.That(() => _bench.TextAsync(Outcome), Is.EqualTo("queued, queued"));
        Assert.That(_bench.Twilio.Requests.TakeLast(2).Select(request => request.Form.ContainsKey("ContentSid")), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public async Task A_status_that_asks_for_it_makes_it_a_template_too_and_once()
    {
        await _bench.WriteAsync("hello");
        await Eventually.That(() => _bench.Shown(), Has.Length.EqualTo(1));
        await _bench.SendAsync("late");
        var sid = (await Eventually.That(() => _bench.Twilio.Accepted.ToArray(), Has.Length.EqualTo(2)))[1].Sid;
        await Eventually.That(() => _bench.TextAsync(Outcome), Is.EqualTo("queued, queued"));

        await _bench.TellAsync(sid, "failed", 63016);
        await _bench.TellAsync(sid, "failed", 63016);

        await Eventually.That(() => _bench.TextAsync(Outcome), Is.EqualTo("queued, failed 63016, queued"));
        Assert.That(_bench.Twilio.Requests.Last().Form["ContentSid"], Is.EqualTo(WhatsAppBench.Template));
    }

    [Test]
    public async Task A_message_that_was_accepted_without_an_answer_is_found_and_not_repeated()
    {
        _bench.Twilio.AcceptAndHangUp(() => Task.CompletedTask);

        await _bench.SendAsync("once");

        await Eventually.That(() => _bench.TextAsync(Outcome), Is.EqualTo("queued"));
        Assert.That(_bench.Shown(), Is.EqualTo(new[] { "once" }));
        Assert.That(await _bench.TextAsync("SELECT sid FROM openclaw.whatsapp_messages"), Is.EqualTo(_bench.Twilio.Accepted.Single().Sid));
        Assert.That(_bench.Twilio.Lists.Single(), Does.Contain("To=whatsapp:+491701234567").And.Contain("From=whatsapp:+14155238886"));
    }

    [Test]
    public async Task A_status_that_comes_before_the_answer_counts()
    {
        _bench.Twilio.AcceptAnd(async text =>
        {
            var id = await _bench.TextAsync("SELECT id FROM openclaw.whatsapp_messages");
            await _bench.TellAsync(text.Sid, "delivered", query: $"?message={id}");
        });

        await _bench.SendAsync("quick");

        await Eventually.That(() => _bench.TextAsync("SELECT status FROM openclaw_system.workflow_status WHERE name = 'send_notification'"), Is.EqualTo("SUCCESS"));
        Assert.That(await _bench.TextAsync("SELECT concat_ws(' ', state, sid) FROM openclaw.whatsapp_messages"), Is.EqualTo($"delivered {_bench.Twilio.Accepted.Single().Sid}"));
    }
}
