namespace OpenClaw.Web.Dashboard;

/// <summary>The lists of which a person chooses columns and keeps views, by the names that their cookies have.</summary>
public static class Lists
{
    public const string Agents = "agents";
    public const string Workflows = "workflows";
    public const string Messages = "messages";
    public const string Audit = "audit";

    // What says which row it is cannot be left out.
    private static readonly Dictionary<string, (string Path, string[] Columns)> Known = new()
    {
        [Agents] = (Routes.Agents, ["Model", "Last beat", "Next beat", "Changed"]),
        [Workflows] = (Routes.Workflows, ["Agent", "Started", "Took", "Error"]),
        [Messages] = (Routes.Messages, ["Accepted", "From and to", "Attempts", "Delivery"]),
        [Audit] = (Routes.Audit, ["Who", "Detail", "From"]),
    };

    /// <summary>Null for a page that is none of them.</summary>
    public static string? On(PathString path) => Known.FirstOrDefault(list => path == list.Value.Path).Key;

    public static bool IsKnown(string? list) => list is not null && Known.ContainsKey(list);

    /// <summary>Where it is, as the service itself serves it.</summary>
    public static string PathOf(string list) => Known[list].Path;

    /// <summary>Those that may be left out, by their heads.</summary>
    public static IReadOnlyList<string> ColumnsOf(string list) => Known[list].Columns;

    /// <summary>Of a column in a cookie and a form.</summary>
    public static string Key(string list, string column) => $"{list}-{column.Replace(' ', '_')}";

    public static IEnumerable<string> Keys => Known.Keys.SelectMany(list => ColumnsOf(list).Select(column => Key(list, column)));
}
