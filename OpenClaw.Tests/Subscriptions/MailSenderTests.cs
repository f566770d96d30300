using OpenClaw.Jobs.Subscriptions;
using OpenClaw.Jobs.Subscriptions.Mail;
using OpenClaw.Tests.Subscriptions.Support;

namespace OpenClaw.Tests.Subscriptions;

public sealed class MailSenderTests
{
    [TestCase("smtps://claw:p%40ss@mail.example.com", "mail.example.com", 465, true, false, "claw", "p@ss")]
    [TestCase("smtp://mail.example.com:2525/", "mail.example.com", 2525, false, false, null, "")]
    [TestCase("smtp://localhost", "localhost", 587, false, true, null, "")]
    public void An_address_of_a_mail_server_says_how_it_is_spoken_to(string text, string host, int port, bool isTls, bool mayBePlain, string? user, string password) =>
        Assert.That(SmtpServer.Parse(text), Is.EqualTo(new SmtpServer(host, port, isTls, mayBePlain, user, password)));

    [TestCase("http://mail.example.com")]
    [TestCase("mail.example.com:25")]
    [TestCase("smtp://mail.example.com/inbox")]
    [TestCase("smtp://mail.example.com?tls=no")]
    [TestCase("smtp://a%0Db:c@mail.example.com")]
    public void What_is_no_address_of_a_mail_server_is_none(string text) => Assert.That(SmtpServer.Parse(text), Is.Null);

    [TestCase("ops@example.com", true)]
    [TestCase("Ops <ops@example.com>", false)]
    [TestCase("ops", false)]
    [TestCase("a@example.com, b@example.com", false)]
    public void An_address_is_one_alone(string text, bool isAddress) => Assert.That(MailSettings.IsAddress(text), Is.EqualTo(isAddress));

    [Test]
    public async Task Without_STARTTLS_nothing_is_told_to_a_server_that_may_not_be_plain()
    {
        await using var server = MailServer.Start();

        var fault = await SendAsync(server, mayBePlain: false, "It failed.");

        Assert.That(fault?.Why, Does.StartWith("The mail server 127.0.0.1: ").And.Contain("STARTTLS"));
        Assert.That((server.Credentials, server.Letters.Count), Is.EqualTo(((string?)null, 0)));
    }

    [Test]
    public async Task What_the_server_refuses_is_told_in_its_words()
    {
        await using var server = MailServer.Start(unknown: "ops@example.com");

        Assert.That((await SendAsync(server, mayBePlain: true, "It failed."))?.Why, Does.Contain("nobody of that name"));
    }

    [Test]
    public async Task A_letter_sent_again_has_the_same_id_and_no_text_becomes_a_header()
    {
        await using var server = MailServer.Start();

        Assert.That(await SendAsync(server, mayBePlain: true, "It failed.\r\nBcc: me@example.com\r\n\r\nHello"), Is.Null);
        Assert.That(await SendAsync(server, mayBePlain: true, "It failed.\r\nBcc: me@example.com\r\n\r\nHello"), Is.Null);

        var headers = server.Letters.Select(letter => letter.Split("\n\n")[0].Split('\n')).ToArray();
        Assert.That(headers.SelectMany(lines => lines), Has.None.StartsWith("Bcc"));
        Assert.That(headers[0].Single(line => line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase)), Is.EqualTo(headers[1].Single(line => line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase))));
    }

    private static Task<DeliveryFault?> SendAsync(MailServer server, bool mayBePlain, string text)
    {
        var settings = new MailSettings(new SmtpServer("127.0.0.1", server.Port, IsTls: false, mayBePlain, "claw", "secret"), "claw@example.com", ["ops@example.com"]);
        var to = new DueSubscription(Guid.Parse("01ac7b22-4c1e-7d0a-9a3e-0e4d6b6c2f11"), Guid.Empty, "admin", new Uri("mailto:ops@example.com"), "", [], [], [], 0, 7, 0, null);
        return new MailSender(TimeProvider.System, settings).SendAsync(
            to, [new SubscribedEvent(7, "notice.health_changed", DateTimeOffset.UnixEpoch, null, null, new SentNotice(Guid.Empty, text))], default);
    }
}
