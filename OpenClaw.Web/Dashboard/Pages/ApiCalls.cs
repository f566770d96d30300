namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>Every call of the REST API: the tables of docs/api.md, which a test holds equal to the OpenAPI document.</summary>
public static class ApiCalls
{
    private const int Columns = 4;

    /// <summary>By area; of each call itself, what it does, takes and answers, in which what stands in <c>`…`</c> is code.</summary>
    public static IReadOnlyList<(string Area, IReadOnlyList<string[]> Calls)> All { get; } =
    [
        .. Documents.Read(Documents.Api).Split("\n## Bodies\n")[0].Split("\n## ").Skip(1).Select(area => area.Split('\n'))
            .Select(lines => (lines[0], (IReadOnlyList<string[]>)[.. lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(Documents.Cells).Where(cells => cells.Length == Columns)])),
    ];
}
