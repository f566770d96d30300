using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Dashboard;

/// <summary>A list with its filters that a person has given a name.</summary>
/// <param name="List">One of <see cref="Lists"/>.</param>
/// <param name="Name">For people.</param>
/// <param name="Query">The filters as they stand in the address; they are looked at when it is opened.</param>
public sealed record SavedView(string List, string Name, string Query)
{
    public string Address => PublicAddress.Of(Lists.PathOf(List)) + Query;
}

/// <summary>Views are kept in a cookie of the person's browser: they are nobody else's, and cost no table.</summary>
public static class SavedViews
{
    /// <summary>In characters.</summary>
    public const int MaxName = 40;

    private const string CookieName = "openclaw.views";

    // A cookie has 4,096 bytes, and comes with every request.
    private const int MaxLength = 2_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    public static IReadOnlyList<SavedView> Of(HttpRequest request) =>
        [.. (request.Cookies[CookieName] ?? "").Split('\n').Select(line => line.Split('\t')).Where(IsView).Select(parts => new SavedView(parts[0], parts[1], parts[2]))];

    /// <summary>Null when it is kept, else why not. One of the same name is replaced.</summary>
    public static string? Keep(HttpContext context, SavedView view)
    {
        var name = ForeignText.OneLine(view.Name, MaxName).Trim();
        if (name.Length == 0 || !IsView([view.List, name, view.Query]))
        {
            return "Give the view a name.";
        }

        return Write(context, [.. Others(context, view.List, name), view with { Name = name }])
            ? null
            : "Your browser cannot keep so many views: forget one first.";
    }

    public static void Forget(HttpContext context, string list, string name) => Write(context, Others(context, list, name));

    private static IEnumerable<SavedView> Others(HttpContext context, string list, string name) => Of(context.Request).Where(other => (other.List, other.Name) != (list, name));

    private static bool IsView(string[] parts) =>
        parts.Length == 3 && Lists.IsKnown(parts[0]) && parts[1].Length > 0 && parts[2].StartsWith('?') && !parts[2].Any(character => char.IsControl(character) || char.IsWhiteSpace(character));

    private static bool Write(HttpContext context, IEnumerable<SavedView> views)
    {
        var text = string.Join('\n', views.Select(view => $"{view.List}\t{view.Name}\t{view.Query}"));
        if (Uri.EscapeDataString(text).Length > MaxLength)
        {
            return false;
        }

        context.Response.Cookies.Append(CookieName, text, PublicAddress.Cookie(KeptFor));
        return true;
    }
}
