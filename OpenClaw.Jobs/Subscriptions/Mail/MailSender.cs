using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Subscriptions.Mail;

/// <summary>Hands the mail server one letter that tells of events.</summary>
internal sealed class MailSender(TimeProvider time, MailSettings? settings = null)
{
    /// <summary>So many events in one letter.</summary>
    public const int MostEvents = 100;

    private const int MaxSubject = 150;
    private const int MaxText = 1_000;
    private const int MostError = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Null when the server has taken it. Sent again it has the same Message-ID, by which mailboxes know it.</summary>
    public Task<DeliveryFault?> SendAsync(DueSubscription to, IReadOnlyList<SubscribedEvent> events, CancellationToken cancellationToken) =>
        SendAsync(to, Subject(events), [.. events.Select(told => Line(told.At, told.Notice?.Text ?? $"{told.Run?.Name} {told.Type.Split('.')[^1]}: {told.Run?.Reason}"))], $"{events[^1].Seq}", cancellationToken);

    /// <summary>A letter that tells of nothing.</summary>
    public Task<DeliveryFault?> TryAsync(DueSubscription to, CancellationToken cancellationToken) =>
        SendAsync(to, "Test: letters about incidents arrive here", [Line(time.GetUtcNow(), "This is a test. Nothing has happened.")], $"test-{Guid.CreateVersion7(time.GetUtcNow())}", cancellationToken);

    private async Task<DeliveryFault?> SendAsync(DueSubscription to, string subject, IReadOnlyList<string> lines, string id, CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            return new("SMTP_URL is not set on the node that wanted to send it.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var letter = Letter(MailboxAddress.Parse(settings.From), MailSubscriptions.AddressOf(to.Url), subject, lines, $"{to.Id:N}.{id}");
            using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
            var server = settings.Server;
            await client.ConnectAsync(
                server.Host, server.Port, server.IsTls ? SecureSocketOptions.SslOnConnect : server.MayBePlain ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls, limit.Token);
            if (server.User is { } user)
            {
                await client.AuthenticateAsync(user, server.Password, limit.Token);
            }

            await client.SendAsync(letter, limit.Token);

            // It is taken, whatever is said in parting.
            await client.DisconnectAsync(quit: false, CancellationToken.None);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new($"The mail server {settings.Server.Host} did not take it within {Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or SocketException or IOException
            or NotSupportedException or ServiceNotAuthenticatedException or TimeoutException)
        {
            return new($"The mail server {settings.Server.Host}: {ForeignText.OneLine(exception.Message, MostError)}");
        }
    }

    private MimeMessage Letter(MailboxAddress from, string to, string subject, IReadOnlyList<string> lines, string id) => new()
    {
        From = { from },
        To = { MailboxAddress.Parse(to) },
        Subject = ForeignText.OneLine($"[OpenClaw] {subject}", MaxSubject),
        Date = time.GetUtcNow(),
        MessageId = $"{id}@{from.Domain}",
        Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
        Body = new TextPart("plain") { Text = string.Join("\n", lines) + "\n" },
    };

    private static string Subject(IReadOnlyList<SubscribedEvent> events)
    {
        var first = events[0].Notice?.Text ?? events[0].Type;
        return events.Count == 1 ? first : $"{events.Count} things happened: {first}";
    }

    private static string Line(DateTimeOffset at, string text) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC  {ForeignText.OneLine(text, MaxText)}");
}
