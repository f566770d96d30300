using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Dashboard;

/// <summary>How a person likes the pages, kept in a cookie of their browser.</summary>
/// <param name="Theme">auto, light or dark.</param>
/// <param name="Density">auto (compact where there is width for it), cosy or compact.</param>
/// <param name="Zone">Of times: yours (the browser's) or UTC.</param>
/// <param name="Hidden">Columns of lists that are left out, by <see cref="Lists.Key"/>.</param>
public sealed record Preferences(string Theme, string Density, string Zone, IReadOnlySet<string> Hidden)
{
    public static readonly string[] Themes = ["auto", "light", "dark"];
    public static readonly string[] Densities = ["auto", "cosy", "compact"];
    public static readonly string[] Zones = ["yours", "UTC"];

    private const string CookieName = "openclaw.look";

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    /// <summary>As the browser has them. Each cell of a list asks, so they are read once a request.</summary>
    public static Preferences Of(HttpRequest request)
    {
        var read = request.HttpContext.Items[typeof(Preferences)] as Preferences ?? Read(request);
        request.HttpContext.Items[typeof(Preferences)] = read;
        return read;
    }

    private static Preferences Read(HttpRequest request)
    {
        var parts = (request.Cookies[CookieName] ?? "").Split('.');
        return new Preferences(
            Known(Themes, parts[0]), Known(Densities, parts.ElementAtOrDefault(1)), Known(Zones, parts.ElementAtOrDefault(2)), Lists.Keys.Intersect((parts.ElementAtOrDefault(3) ?? "").Split('~')).ToHashSet());
    }

    /// <summary>As a form has them; columns of lists that it does not show stay as they are.</summary>
    public static Preferences From(IFormCollection form, HttpRequest request)
    {
        var hidden = Of(request).Hidden.ToHashSet();
        if (form["list"].ToString() is var list && Lists.IsKnown(list))
        {
            var keys = Lists.ColumnsOf(list).Select(column => Lists.Key(list, column)).ToList();
            hidden.ExceptWith(keys);
            hidden.UnionWith(keys.Where(key => !form["column"].Contains(key)));
        }

        return new(Known(Themes, form["theme"]), Known(Densities, form["density"]), Known(Zones, form["zone"]), hidden);
    }

    /// <summary>Whether a list has a column.</summary>
    public bool Shows(string list, string column) => !Hidden.Contains(Lists.Key(list, column));

    public void Keep(HttpResponse response) => response.Cookies.Append(
        CookieName, $"{Theme}.{Density}.{Zone}.{string.Join('~', Hidden)}", PublicAddress.Cookie(KeptFor));

    private static string Known(string[] known, string? value) => known.Contains(value) ? value! : known[0];
}
