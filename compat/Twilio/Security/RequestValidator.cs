using System.Security.Cryptography;
using System.Text;

namespace Twilio.Security;

/// <summary>
/// Checks X-Twilio-Signature: HMAC-SHA1 by the auth token over the URL and the parameters, sorted by name, in Base64.
/// The URL counts with and without the port that its scheme implies, because the sender's proxy may have named it.
/// </summary>
public class RequestValidator(string secret)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public bool Validate(string url, IDictionary<string, string>? parameters, string expected)
    {
        var given = Encoding.UTF8.GetBytes(expected ?? "");
        var sorted = string.Concat((parameters ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + pair.Value));

        // Without short circuit, so that time tells nothing.
        return new[] { WithPort(url), WithoutPort(url) }.Aggregate(false, (valid, form) => valid | CryptographicOperations.FixedTimeEquals(Sign(form + sorted), given));
    }

    private byte[] Sign(string text)
    {
#pragma warning disable CA5350 // Twilio's scheme is what it is; HMAC does not need a hash without collisions.
        return Encoding.UTF8.GetBytes(Convert.ToBase64String(HMACSHA1.HashData(_secret, Encoding.UTF8.GetBytes(text))));
#pragma warning restore CA5350
    }

    private static string WithoutPort(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? url.Replace($"{uri.Host}:{uri.Port}", uri.Host, StringComparison.OrdinalIgnoreCase) : url;

    private static string WithPort(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && !url.Contains($"{uri.Host}:", StringComparison.OrdinalIgnoreCase)
        ? new StringBuilder(url).Insert(url.IndexOf(uri.Host, StringComparison.OrdinalIgnoreCase) + uri.Host.Length, $":{uri.Port}").ToString()
        : url;
}
