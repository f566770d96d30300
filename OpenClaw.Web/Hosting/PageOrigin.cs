using System.Text.RegularExpressions;

namespace OpenClaw.Web.Hosting;

/// <summary>Where a page comes from, as browsers write it in <c>Origin</c> (RFC 6454): scheme, host, and a port that is not the scheme's own.</summary>
internal static partial class PageOrigin
{
    public const string Allowed = "an origin such as http://localhost:3000 or https://claw.example: http or https, a host, a port if need be, and nothing behind them (no path, no slash, no *)";

    /// <summary>Null when it is none, or says more than an origin.</summary>
    public static string? Parse(string value)
    {
        if (!Shape().IsMatch(value) || !Uri.TryCreate(value, UriKind.Absolute, out var url) || url.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            return null;
        }

        var host = url.HostNameType is UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        return $"{url.Scheme}://{host}{(url.IsDefaultPort ? "" : $":{url.Port}")}";
    }

    [GeneratedRegex(@"\Ahttps?://[^\s/?#@\\*]+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
