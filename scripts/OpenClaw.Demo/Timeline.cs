using Spectre.Console;

namespace OpenClaw.Demo;

/// <summary>Draws a workflow's attempts one below the other, each with a bar on a common time axis.</summary>
internal static class Timeline
{
    // What the other columns and the borders take.
    private const int WidthBesidesAxis = 71;

    public static Table Draw(string title, IReadOnlyList<Attempt> attempts, int width)
    {
        var axis = Math.Clamp(width - WidthBesidesAxis, 8, 40);
        var start = attempts.Min(attempt => attempt.StartedAt);
        var span = attempts.Max(attempt => attempt.EndedAt) - start;
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        table.AddColumns("step", "attempt", "process");
        table.AddColumn(new TableColumn("started").RightAligned());
        table.AddColumn(new TableColumn("took").RightAligned());
        table.AddColumn(new TableColumn($"0 s{$"{span.TotalSeconds:0.0} s".PadLeft(axis - 3)}").NoWrap());

        foreach (var attempt in attempts)
        {
            var took = attempt.EndedAt - attempt.StartedAt;
            table.AddRow(
                Markup.Escape(attempt.Step),
                $"{attempt.Number}",
                Markup.Escape(ShortName(attempt.ExecutorId)),
                $"{(attempt.StartedAt - start).TotalSeconds:0.00} s",
                attempt.Killed ? "[red]killed[/]" : Markup.Escape(took < TimeSpan.FromSeconds(1) ? $"{took.TotalMilliseconds:0} ms" : $"{took.TotalSeconds:0.0} s"),
                Bar((attempt.StartedAt - start) / span, (attempt.EndedAt - start) / span, axis, attempt.Killed));
        }

        return table;
    }

    /// <summary>An executor's id is node/process; all of them are on this machine.</summary>
    public static string ShortName(string executorId) => executorId[(executorId.LastIndexOf('/') + 1)..];

    private static string Bar(double from, double to, int axis, bool killed)
    {
        var first = Math.Min((int)(from * axis), axis - 1);
        var length = Math.Clamp((int)Math.Round((to - from) * axis), 1, axis - first);
        var bar = killed ? new string('━', length - 1) + "╳" : new string('━', length);
        return $"{new string(' ', first)}[{(killed ? "red" : "green")}]{bar}[/]";
    }
}
