using Microsoft.AspNetCore.Authentication.Cookies;
using OpenClaw.Web.Dashboard;

namespace OpenClaw.Web.Security;

/// <summary>
/// A sign-in begins a session of its own, whatever session the browser has: else the one that is there would be kept, with
/// what its owner may and with a name that somebody else may know.
/// </summary>
internal sealed class SessionCookies : ICookieManager
{
    private readonly ChunkingCookieManager _cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) =>
        context.Request.Path.StartsWithSegments(Routes.SignIn, StringComparison.OrdinalIgnoreCase) ? null : _cookies.GetRequestCookie(context, key);

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _cookies.AppendResponseCookie(context, key, value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, key, options);
}
