using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security;

/// <summary>
/// A cookie of the frameworks' for the address where its reader reaches us. Not by <see cref="CookieSecurePolicy.Always"/>: with
/// that, antiforgery fails behind a proxy that speaks TLS and does not say so.
/// </summary>
internal sealed class PublicCookie : CookieBuilder
{
    // With the prefix, browsers take it by https alone, for this host alone, and for all of it: no other host of the domain can put
    // one of its own in its place. A part of a host cannot have that.
    public override string? Name
    {
        get => PublicAddress.Current is { IsHttps: true, Path.Length: 0 } ? "__Host-" + base.Name : base.Name;
        set => base.Name = value;
    }

    // Without it a page of the job dashboard, whose PathBase is its own, would leave a second cookie for its path alone.
    public override string? Path
    {
        get => PublicAddress.Current.CookiePath;
        set => throw new NotSupportedException("The path is where the reader reaches us.");
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var cookie = base.Build(context, expiresFrom);
        cookie.Path = Path;
        cookie.Secure = PublicAddress.Current.IsHttps;
        return cookie;
    }
}
