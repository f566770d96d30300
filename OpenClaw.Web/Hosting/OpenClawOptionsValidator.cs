using Microsoft.Extensions.Options;
using OpenClaw.Jobs.Subscriptions.Mail;

namespace OpenClaw.Web.Hosting;

/// <summary>The rules that join several settings; what each may hold by itself is checked where it is read.</summary>
internal sealed class OpenClawOptionsValidator : IValidateOptions<OpenClawOptions>
{
    /// <summary>Characters below which a token can be guessed from elsewhere.</summary>
    internal const int StrongToken = 24;

    public ValidateOptionsResult Validate(string? name, OpenClawOptions options)
    {
        List<string> problems = [];
        if (options.AuthToken is null && !ListenAddress.IsLoopback(options.Host))
        {
            problems.Add($"AUTH_TOKEN is not set, but HOST is \"{options.Host}\", which others can reach. Set AUTH_TOKEN, or HOST to 127.0.0.1.");
        }

        var isReached = !ListenAddress.IsLoopback(options.Host) || options.PublicBaseUrl is { IsLoopback: false };
        if (isReached && options.AuthToken is { Length: < StrongToken } weak)
        {
            problems.Add($"AUTH_TOKEN has {weak.Length} characters, and others can reach the service. Set one of {StrongToken} or more, such as `openssl rand -hex 32` makes.");
        }

        problems.AddRange(options.Oidc.Problems());
        problems.AddRange(
            from sent in options.SecretsSent
            where !options.AllowPlainHttp && sent is { HasSecret: true, Url: { IsLoopback: false, Scheme: "http" or "ws" } }
            select $"{sent.Name} begins with {sent.Url!.Scheme}://, so {sent.SecretName} would go to {sent.Url.Host} in clear. Use {sent.Url.Scheme}s://, or set ALLOW_PLAIN_HTTP=true if the network between is your own.");

        if (options.WebhookPort is { } port && port == options.Port)
        {
            problems.Add($"WEBHOOK_PORT and PORT are both {port}. The webhooks are on PORT in any case; give WEBHOOK_PORT another number, or leave it out.");
        }

        if (options.PublicBaseUrl is { } url && !ProxyComposition.IsSubPath(url.AbsolutePath.TrimEnd('/')))
        {
            problems.Add($"PUBLIC_BASE_URL has the path \"{url.AbsolutePath}\", which is not plain segments of letters, digits, dots, dashes, underscores and tildes.");
        }

        problems.AddRange(AllOrNone("another of Twilio's",
            ("TWILIO_ACCOUNT_SID", options.TwilioAccountSid is not null), ("TWILIO_AUTH_TOKEN", options.TwilioAuthToken is not null), ("TWILIO_WHATSAPP_FROM", options.TwilioWhatsAppFrom is not null)));
        problems.AddRange(AllOrNone("another setting of e-mail",
            ("SMTP_URL", options.Smtp is not null), ("SMTP_FROM", options.SmtpFrom is not null), ("ALERT_EMAIL_TO", options.AlertEmailTo.Count > 0)));
        if (options.AlertEmailTo.Count > MailSettings.MostAddresses)
        {
            problems.Add($"ALERT_EMAIL_TO names {options.AlertEmailTo.Count} addresses; up to {MailSettings.MostAddresses} are told. Let the mail server have one address for all of them.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> AllOrNone(string another, params (string Name, bool IsSet)[] settings) =>
        Array.Exists(settings, setting => setting.IsSet)
            ? settings.Where(setting => !setting.IsSet).Select(setting => $"{setting.Name} is not set, but {another} is. Set all of {string.Join(", ", settings.Select(all => all.Name))}, or none.")
            : [];
}
