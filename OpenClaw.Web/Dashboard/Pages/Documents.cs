using System.Text.RegularExpressions;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>Documents that the build puts in, of which pages show a part.</summary>
internal static partial class Documents
{
    public const string Operations = "operations.md";
    public const string Api = "api.md";

    public static string Read(string name)
    {
        using var stream = typeof(Documents).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The build left docs/{name} out.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A table's row without what only Markdown needs: links are their text.</summary>
    public static string[] Cells(string row) => [.. Link().Replace(row, "${text}").Trim().Trim('|').Split(" | ").Select(cell => cell.Trim())];

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
