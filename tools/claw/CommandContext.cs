using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>What every command has at hand: what was written, the service, and how to answer.</summary>
internal sealed class CommandContext(ParseResult given, Surroundings around, Service service, CancellationToken cancelled)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Service Service => service;

    public CancellationToken Cancelled => cancelled;

    public bool IsJson => given.GetValue(CommandLine.Json);

    public T? Get<T>(Option<T> option) => given.GetValue(option);

    public T Get<T>(Argument<T> argument) => given.GetValue(argument)!;

    /// <summary>What the service said with --json, else the words.</summary>
    public int Say(JsonElement json, string words, int exitCode = ExitCodes.Done)
    {
        around.Out.WriteLine(IsJson ? Indent(json) : words);
        return exitCode;
    }

    /// <summary>What the service said with --json, else a line for each of a list.</summary>
    public int Table(JsonElement json, string list, params string[] columns) =>
        Say(json, string.Join('\n', Lines(json.GetProperty(list).EnumerateArray(), columns)));

    /// <summary>What the service said with --json, else a line for each of its fields that says something.</summary>
    public int Fields(JsonElement json)
    {
        var fields = json.EnumerateObject().Where(field => field.Value.ValueKind is not JsonValueKind.Null).ToList();
        var width = fields.Max(field => field.Name.Length);
        return Say(json, string.Join('\n', fields.Select(field => $"{field.Name.Replace('_', ' ').PadRight(width)}  {OneLine(field.Value.ToString())}")));
    }

    /// <summary>JSON for people.</summary>
    public static string Indent(JsonElement json) => JsonSerializer.Serialize(json, Indented);

    /// <summary>All of standard input.</summary>
    public string ReadAll() => around.In.ReadToEnd();

    /// <summary>A line for each, with its columns below their names.</summary>
    public static IEnumerable<string> Lines(IEnumerable<JsonElement> list, IReadOnlyList<string> columns)
    {
        string[][] rows = [[.. columns.Select(column => column.ToUpperInvariant().Replace('_', ' '))], .. list.Select(row => columns.Select(column => OneLine(row.Text(column) ?? "-")).ToArray())];
        var widths = columns.Select((_, index) => rows.Max(row => row[index].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, index) => cell.PadRight(widths[index]))).TrimEnd());
    }

    /// <summary>Lines of the screen; many where there is none.</summary>
    public static int Height => Console.IsOutputRedirected ? 1_000 : Math.Max(Console.WindowHeight, 6);

    /// <summary>Says a part of what is asked for, of which more comes.</summary>
    public void Tell(string text)
    {
        around.Out.WriteLine(text);
        around.Out.Flush();
    }

    /// <summary>Says something about the answer that is no part of it.</summary>
    public void Note(string text) => around.Error.WriteLine(text);

    /// <summary>Has the person say yes, unless --yes did.</summary>
    public void Confirm(string what, Option<bool> yes)
    {
        if (Get(yes))
        {
            return;
        }

        around.Error.Write($"{what} Go on? [y/N] ");
        if (around.In.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new Failure(ExitCodes.Refused, "Nothing was done. With --yes nobody is asked.");
        }
    }

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
