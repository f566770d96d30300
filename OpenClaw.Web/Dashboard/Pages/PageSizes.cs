using System.Globalization;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>How many rows of a list a page has.</summary>
public static class PageSizes
{
    public const int Default = 50;
    public const int Most = 100;

    public static readonly IReadOnlyList<int> All = [25, Default, Most];

    /// <summary>As the address has it; null for the default.</summary>
    public static string? Written(int size) => size == Default ? null : size.ToString(CultureInfo.InvariantCulture);

    internal static int Of(PageQuery query) =>
        query.OneOf("size", All.Select(size => size.ToString(CultureInfo.InvariantCulture))) is { } size ? int.Parse(size, CultureInfo.InvariantCulture) : Default;
}
