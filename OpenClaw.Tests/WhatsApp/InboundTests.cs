using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

[Category("Slow")]
public sealed class InboundTests
{
    private const string Stranger = "+4915100000000";

    private WhatsAppBench _bench = null!;

    [SetUp]
    public async Task Start() => _bench = await WhatsAppBench.StartAsync();

    [TearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task A_command_is_answered_at_once_with_nothing_and_then_by_the_handler()
    {
        using var answer = await _bench.WriteAsync("list agents", sid: "SM-1");

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>"));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/xml"));
        await Eventually.That(() => _bench.Shown(), Is.EqualTo(new[] { "You said list agents." }));
        var told = _bench.Handler.Messages.Single();
        Assert.That((told.Id, told.Source, told.Contact, told.Caller.Owner), Is.EqualTo(("SM-1", "whatsapp", WhatsAppBench.Owner, "admin")));
    }

    [Test]
    public async Task The_same_message_is_obeyed_once_and_messages_are_obeyed_in_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _bench.WriteAsync("first", sid: "SM-1")));
        for (var number = 2; number <= 5; number++)
        {
            await _bench.WriteAsync($"number {number}", sid: $"SM-{number}");
        }

        await Eventually.That(() => _bench.Shown(), Is.EqualTo(new[] { "You said first.", "You said number 2.", "You said number 3.", "You said number 4.", "You said number 5." }));
        Assert.That(_bench.Handler.Messages, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task A_stranger_is_told_once_a_day_that_we_do_not_talk_and_nothing_else()
    {
        await _bench.Service.Api.ProvisionAsync("secret-agent");
        foreach (var text in new[] { "list agents", "status secret-agent", "help", "INFO" })
        {
            await _bench.WriteAsync(text, from: Stranger);
        }

        await Eventually.That(() => _bench.TextAsync("SELECT count(*) FROM openclaw.whatsapp_messages WHERE state = 'handled'"), Is.EqualTo("4"));
        var told = await Eventually.That(() => _bench.Shown(Stranger), Has.Length.EqualTo(1));
        Assert.That(told[0], Does.Not.Contain("agent").IgnoreCase);
        Assert.That(_bench.Handler.Messages, Is.Empty);
    }

    [Test]
    public async Task No_more_messages_and_messages_again_come_before_anything_else()
    {
        await _bench.WriteAsync(" unsubscribe. ");
        await Eventually.That(() => _bench.Shown(), Has.Length.EqualTo(1));
        await _bench.WriteAsync("list agents");
        await _bench.SendAsync("news");
        await Eventually.That(() => _bench.TextAsync("SELECT state FROM openclaw.whatsapp_messages WHERE body = 'news'"), Is.EqualTo("failed"));
        await _bench.WriteAsync("START");
        await Eventually.That(() => _bench.Shown(), Has.Length.EqualTo(2));
        await _bench.WriteAsync("list agents");

        await Eventually.That(() => _bench.Shown(), Is.EqualTo(new[]
        {
            "You will get no more messages; your agents work on. Write START to get messages again, or STOP to halt what is under way.",
            "You will get messages again. Write HELP to see what works.", "You said list agents.",
        }));
        Assert.That(_bench.Handler.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_stranger_who_writes_stop_wants_no_messages_and_is_answered_once_a_day_of_each_kind()
    {
        foreach (var text in new[] { "STOP", "Stop!", "START", "cancel", "unstop", "END", "HELP", "stopall", "start", "quit" })
        {
            await _bench.WriteAsync(text, from: Stranger);
        }

        await Eventually.That(() => _bench.TextAsync("SELECT count(*) FROM openclaw.whatsapp_messages WHERE direction = 'in' AND state = 'handled'"), Is.EqualTo("10"));
        await Eventually.That(() => _bench.TextAsync("SELECT count(*) FROM openclaw.whatsapp_messages WHERE state = 'pending'"), Is.EqualTo("0"));
        Assert.That(_bench.Shown(Stranger), Is.EqualTo(new[] { "You will get no more messages. Write START to get them again.", "You will get messages again. Write HELP to see what works." }));
        Assert.That(await _bench.TextAsync("SELECT opted_out_at IS NOT NULL FROM openclaw.contacts"), Is.EqualTo("True"));
        Assert.That(_bench.Handler.Messages, Is.Empty);
    }

    [Test]
    public async Task What_was_said_is_the_history_of_the_contact()
    {
        await _bench.WriteAsync("one\u0001 \u202etwo\n🙂");
        await Eventually.That(() => _bench.Shown(), Has.Length.EqualTo(1));

        var history = (await _bench.Service.Api.GetJsonAsync($"/api/v1/contacts/{WhatsAppBench.Owner}/messages")).Body.GetProperty("messages").EnumerateArray().ToList();
        var contacts = (await _bench.Service.Api.GetJsonAsync("/api/v1/contacts")).Body.GetProperty("contacts").EnumerateArray().ToList();

        Assert.That(history.Select(message => message.GetProperty("direction").GetString()), Is.EqualTo(new[] { "out", "in" }));
        Assert.That(history[1].GetProperty("body").GetString(), Is.EqualTo("one\ufffd \u202etwo\n🙂"));
        Assert.That(contacts.Single().GetProperty("name").GetString(), Is.EqualTo("Ada"));
    }
}
