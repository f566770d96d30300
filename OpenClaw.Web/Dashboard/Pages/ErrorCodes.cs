using System.Text.RegularExpressions;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>What the code of an error means: the table of docs/operations.md.</summary>
public static partial class ErrorCodes
{
    // Steps have codes of their own beside those of the table.
    private const string Own = "step_failed";

    /// <summary>The codes of a row, and what they mean, in which what stands in <c>`…`</c> is code.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Codes, string Name, string Means)> All { get; } =
    [
        .. Documents.Read(Documents.Operations).Split("| code in `error` | means |\n|---|---|\n")[1].Split("\n\n")[0].Split('\n').Select(Documents.Cells)
            .Select(cells => ((IReadOnlyList<string>)[.. Code().Matches(cells[0]).Select(found => found.Groups["code"].Value)], cells[0], cells[1])),
    ];

    /// <summary>The row that a code stands in.</summary>
    public static string Row(string code) => All.FirstOrDefault(row => row.Codes.Contains(code)).Codes?[0] ?? Own;

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Code();
}
