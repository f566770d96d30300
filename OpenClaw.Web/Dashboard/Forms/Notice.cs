using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What came of an action, told once on the page that is shown next.</summary>
/// <param name="Text">For people.</param>
/// <param name="Failed">Whether it was refused.</param>
public sealed record Notice(string Text, bool Failed)
{
    private const string CookieName = "openclaw.notice";
    private const int MaxLength = 1_000;

    private static readonly object ItemKey = new();

    public static void Tell(HttpResponse response, string text, bool failed = false)
    {
        var shown = ForeignText.Clean(text, MaxLength);
        response.Cookies.Append(CookieName, (failed ? "!" : "=") + shown, PublicAddress.Cookie(TimeSpan.FromMinutes(1)));
    }

    /// <summary>Before the page is rendered: afterwards it is too late to clear the cookie.</summary>
    public static void Take(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 1 } value)
        {
            return;
        }

        context.Items[ItemKey] = new Notice(value[1..], value[0] == '!');
        context.Response.Cookies.Delete(CookieName, PublicAddress.Cookie());
    }

    public static Notice? Of(HttpContext context) => context.Items[ItemKey] as Notice;
}
