using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace OpenClaw.Bench;

/// <summary>The figures of one run, and what they must reach as ratios of one another.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Figure> _figures = [];
    private readonly List<Ratio> _ratios = [];

    public double Add(string name, double value, string unit)
    {
        _figures.Add(new Figure(name, Math.Round(value, 2), unit));
        AnsiConsole.MarkupLineInterpolated($"[grey]{name}:[/] {Text(value)} {unit}");
        return value;
    }

    /// <summary>Holds when <paramref name="value"/> is at least, or with <paramref name="below"/> less than, the bound.</summary>
    public void Require(string name, double value, double bound, bool below = false)
    {
        var ratio = new Ratio(name, Math.Round(value, 2), (below ? "< " : "≥ ") + bound.ToString(CultureInfo.InvariantCulture), below ? value < bound : value >= bound);
        _ratios.Add(ratio);
        AnsiConsole.MarkupLineInterpolated($"[grey]{name}:[/] {Text(value)}, must be {ratio.Bound}{(ratio.Holds ? "" : ": missed")}");
    }

    /// <summary>A number as the tables write it.</summary>
    public static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static void Note(string text) => AnsiConsole.MarkupLineInterpolated($"[grey]{text}[/]");

    /// <summary>Prints the tables. False when a ratio does not hold.</summary>
    public bool Print()
    {
        var figures = new Table().Title("Figures").AddColumns("What", "Figure", "");
        figures.Columns[1].RightAligned();
        foreach (var figure in _figures)
        {
            figures.AddRow(Markup.Escape(figure.Name), Text(figure.Value), figure.Unit);
        }

        var ratios = new Table().Title("What must hold").AddColumns("What", "Here", "Must be", "");
        ratios.Columns[1].RightAligned();
        foreach (var ratio in _ratios)
        {
            ratios.AddRow(Markup.Escape(ratio.Name), Text(ratio.Value), ratio.Bound, ratio.Holds ? "[green]holds[/]" : "[red]missed[/]");
        }

        AnsiConsole.Write(figures);
        AnsiConsole.Write(ratios);
        return _ratios.TrueForAll(ratio => ratio.Holds);
    }

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(new { Figures = _figures, Ratios = _ratios }, Json));

    private static string Text(double value) => value.ToString(value >= 100 ? "N0" : "N2", CultureInfo.InvariantCulture);

    private sealed record Figure(string Name, double Value, string Unit);

    private sealed record Ratio(string Name, double Value, string Bound, bool Holds);
}
