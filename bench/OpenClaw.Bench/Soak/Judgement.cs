using Spectre.Console;

namespace OpenClaw.Bench.Soak;

/// <summary>What a soak found, line by line, and whether all of it holds.</summary>
internal sealed class Judgement
{
    private readonly Table _table = new Table().AddColumns("What", "Is", "Must be", "");

    public bool Holds { get; private set; } = true;

    public void Count(string what, long value, long expected) => Row(what, $"{value:N0}", $"{expected:N0}", value == expected);

    public void Seconds(string what, double value, double limit) => Row(what, $"{value:F1} s", $"≤ {limit:F0} s", value <= limit);

    public void Amount(string what, double value, double limit, string unit) => Row(what, $"{value:F1} {unit}", $"≤ {limit:F0} {unit}", value <= limit);

    public void Print() => AnsiConsole.Write(_table);

    private void Row(string what, string value, string expected, bool holds)
    {
        Holds &= holds;
        _table.AddRow(what, value, expected, holds ? "[green]holds[/]" : "[red]broken[/]");
    }
}
