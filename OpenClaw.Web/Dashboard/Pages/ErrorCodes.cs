using System.Text.RegularExpressions;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>What the code of an error means: the table of docs/operations.md, which the build puts in.</summary>
public static partial class ErrorCodes
{
    // Steps have codes of their own beside those of the table.
    private const string Own = "step_failed";

    /// <summary>The codes of a row, and what they mean, in which what stands in <c>`…`</c> is code.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Codes, string Name, string Means)> All { get; } = Read();

    /// <summary>The row that a code stands in.</summary>
    public static string Row(string code) => All.FirstOrDefault(row => row.Codes.Contains(code)).Codes?[0] ?? Own;

    private static List<(IReadOnlyList<string>, string, string)> Read()
    {
        using var stream = typeof(ErrorCodes).Assembly.GetManifestResourceStream("operations.md") ?? throw new InvalidOperationException("The build left docs/operations.md out.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split("| code in `error` | means |\n|---|---|\n")[1].Split("\n\n")[0]
            .Split('\n').Select(line => line.Trim('|', ' ').Split(" | ")).Select(cells => ((IReadOnlyList<string>)[.. Code().Matches(cells[0]).Select(found => found.Groups["code"].Value)], cells[0], Link().Replace(cells[1], "${text}")))];
    }

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
