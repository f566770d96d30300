using System.Globalization;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>How the list of commands went, for people: on the console, and in docs/gateway.md what differs.</summary>
internal static class CommandTable
{
    private const string Begin = "<!-- scripts/test interop writes this -->\n", End = "<!-- until here -->";
    private const int ShownLacks = 3;

    public static string Guide => Repository.PathTo("docs/gateway.md");

    /// <summary>All rows, as a person reads them after a run.</summary>
    public static string OfAll(IEnumerable<CommandRow> rows) => string.Concat(rows.Select(row =>
        $"{(row.IsAlike ? "  " : "! ")}{Word(row.Real),-8} {Word(row.Ours),-8} {row.Command}{Remark(row)}\n"));

    /// <summary>The guide's text with what the list says now.</summary>
    public static string InGuide(string guide, CommandList list)
    {
        var (begin, end) = (guide.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, guide.IndexOf(End, StringComparison.Ordinal));
        return guide[..begin] + Section(list) + guide[end..];
    }

    private static string Section(CommandList list)
    {
        var rows = list.Rows.Where(row => row is { Real: not null, Ours: not null }).ToList();
        if (rows.Count == 0)
        {
            return "";
        }

        var answered = rows.Where(row => row.Real!.Works).ToList();
        var text = string.Create(CultureInfo.InvariantCulture,
            $"Of {rows.Count} commands that call a gateway the real OpenClaw {list.Release} answers {answered.Count}, and ours {answered.Count(row => row.Ours!.Works)} of these (run on {list.Recorded}).\n");
        var others = rows.Where(row => !row.IsAlike).Select(row => $"| `{row.Command.Replace("|", "\\|", StringComparison.Ordinal)}` | {Word(row.Real)} | {Word(row.Ours)}{Remark(row).Replace("|", "\\|", StringComparison.Ordinal)} |\n").ToList();
        return others.Count == 0 ? text : $"{text}What differs:\n\n| command | there | here |\n|---|---|---|\n{string.Concat(others)}";
    }

    private static string Word(CommandOutcome? outcome) => outcome is null ? "-" : outcome.Works ? "works" : "refuses";

    private static string Remark(CommandRow row) =>
        row.Ours is { Works: false, Says: { } says } && row.Real?.Works != false ? $": {says}"
        : row.Lacks.Count == 0 ? ""
        : $", without {string.Join(", ", row.Lacks.Take(ShownLacks).Select(member => $"`{member}`"))}{(row.Lacks.Count > ShownLacks ? $" and {row.Lacks.Count - ShownLacks} more" : "")}";
}
