using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Dashboard;

/// <summary>How a person likes the pages, kept in a cookie of their browser.</summary>
/// <param name="Theme">auto, light or dark.</param>
/// <param name="Density">auto (compact where there is width for it), cosy or compact.</param>
/// <param name="Zone">Of times: yours (the browser's) or UTC.</param>
public sealed record Preferences(string Theme, string Density, string Zone)
{
    public static readonly string[] Themes = ["auto", "light", "dark"];
    public static readonly string[] Densities = ["auto", "cosy", "compact"];
    public static readonly string[] Zones = ["yours", "UTC"];

    private const string CookieName = "openclaw.look";

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    public static Preferences Of(HttpRequest request)
    {
        var parts = (request.Cookies[CookieName] ?? "").Split('.');
        return new Preferences(Known(Themes, parts[0]), Known(Densities, parts.ElementAtOrDefault(1)), Known(Zones, parts.ElementAtOrDefault(2)));
    }

    public static Preferences From(IFormCollection form) => new(Known(Themes, form["theme"]), Known(Densities, form["density"]), Known(Zones, form["zone"]));

    public void Keep(HttpResponse response) => response.Cookies.Append(
        CookieName, $"{Theme}.{Density}.{Zone}", PublicAddress.Cookie(KeptFor));

    private static string Known(string[] known, string? value) => known.Contains(value) ? value! : known[0];
}
