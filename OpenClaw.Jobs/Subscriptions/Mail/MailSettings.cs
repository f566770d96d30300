using System.Globalization;
using MimeKit;

namespace OpenClaw.Jobs.Subscriptions.Mail;

/// <summary>Who is told of incidents by e-mail, and through which server.</summary>
/// <param name="Server">What letters are handed to.</param>
/// <param name="From"><c>SMTP_FROM</c>: whom they come from, as <c>claw@example.com</c> or <c>Claw &lt;claw@example.com&gt;</c>.</param>
/// <param name="To"><c>ALERT_EMAIL_TO</c>: addresses; each is told by itself.</param>
public sealed record MailSettings(SmtpServer Server, string From, IReadOnlyList<string> To)
{
    /// <summary>So many addresses at most.</summary>
    public const int MostAddresses = 10;

    /// <summary>Whether it is one address alone, without a name, such as <c>ops@example.com</c>.</summary>
    public static bool IsAddress(string text) => IsSender(text) && MailboxAddress.Parse(text).Address == text;

    /// <summary>Whether it is an address, with or without a name.</summary>
    public static bool IsSender(string text) =>
        !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address.IndexOf('@') is > 0 and var at && at < mailbox.Address.Length - 1;
}

/// <summary>A mail server.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">TCP.</param>
/// <param name="IsTls">TLS from the first byte; else by STARTTLS.</param>
/// <param name="MayBePlain">Without STARTTLS it is told in clear.</param>
/// <param name="User">Null to give none.</param>
/// <param name="Password">Empty without a user.</param>
public sealed record SmtpServer(string Host, int Port, bool IsTls, bool MayBePlain, string? User, string Password)
{
    /// <summary>What <c>SMTP_URL</c> may be, for people.</summary>
    public const string Allowed = "smtps://user:password@host (TLS, port 465), or smtp://user:password@host (STARTTLS, port 587), without a path; the user may be left out";

    private const int TlsPort = 465;
    private const int SubmissionPort = 587;

    /// <summary>Null when the text is no address of a mail server.</summary>
    /// <param name="text"><c>SMTP_URL</c>; on this machine it may be plain.</param>
    public static SmtpServer? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("smtp" or "smtps") || url.Host.Length == 0 || url.AbsolutePath is not ("" or "/")
            || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return null;
        }

        var parts = url.UserInfo.Split(':', 2);
        var (user, password) = (Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        return (user + password).Any(char.IsControl) || (user.Length == 0 && password.Length > 0)
            ? null
            : new SmtpServer(
                url.IdnHost.Trim('[', ']'), url.Port > 0 ? url.Port : url.Scheme == "smtps" ? TlsPort : SubmissionPort, url.Scheme == "smtps", url.IsLoopback,
                user.Length == 0 ? null : user, password);
    }

    /// <summary>For people, without a secret.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(User is null ? "" : $"{User} on ")}{Host}:{Port}, {(IsTls ? "TLS" : MayBePlain ? "STARTTLS where it is offered" : "STARTTLS")}");
}
