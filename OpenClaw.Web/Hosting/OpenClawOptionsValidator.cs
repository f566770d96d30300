using Microsoft.Extensions.Options;

namespace OpenClaw.Web.Hosting;

/// <summary>The rules that join several settings; what each may hold by itself is checked where it is read.</summary>
internal sealed class OpenClawOptionsValidator : IValidateOptions<OpenClawOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenClawOptions options)
    {
        List<string> problems = [];
        if (options.AuthToken is null && !ListenAddress.IsLoopback(options.Host))
            problems.Add($"AUTH_TOKEN is not set, but HOST is \"{options.Host}\", which others can reach. Set AUTH_TOKEN, or HOST to 127.0.0.1.");

        if (options.PublicBaseUrl is { } url && !ProxyComposition.IsSubPath(url.AbsolutePath.TrimEnd('/')))
            problems.Add($"PUBLIC_BASE_URL has the path \"{url.AbsolutePath}\", which is not plain segments of letters, digits, dots, dashes, underscores and tildes.");

        (string Name, string? Value)[] twilio =
        [
            ("TWILIO_ACCOUNT_SID", options.TwilioAccountSid),
            ("TWILIO_AUTH_TOKEN", options.TwilioAuthToken),
            ("TWILIO_WHATSAPP_FROM", options.TwilioWhatsAppFrom),
        ];
        if (twilio.Any(setting => setting.Value is not null))
        {
            problems.AddRange(twilio.Where(setting => setting.Value is null)
                .Select(setting => $"{setting.Name} is not set, but another of Twilio's is. Set all of {string.Join(", ", twilio.Select(all => all.Name))}, or none."));
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
