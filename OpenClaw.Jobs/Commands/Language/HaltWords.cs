namespace OpenClaw.Jobs.Commands.Language;

/// <summary>What people write, and nothing else, when whatever is under way is to end at once. No slip is forgiven: a "shop" ends nothing.</summary>
public static class HaltWords
{
    private static readonly HashSet<string> Stop =
    [
        "stop", "stopp", "stopall", "halt", "interrupt", "/stop", "/halt", "to stop", "stop it", "stop that", "stop this", "stop all", "stop all agents", "halt all",
        "halt all agents", "🛑", "⏹", "⛔", "✋", "alto", "detente", "basta", "para", "pare", "arrête", "arrete", "ferma", "anhalten", "aufhören", "aufhoren", "aufhoeren", "hör auf", "hor auf", "стоп", "停止", "停下", "やめて", "止めて", "توقف", "रुको",
    ];

    // After which nothing is to begin either.
    private static readonly HashSet<string> Everything = ["stop everything", "halt everything", "emergency stop"];

    private static readonly HashSet<string> Cancel = ["cancel", "abort", "quit", "/cancel", "/abort", "cancel all", "cancel everything", "abort all", "abort everything"];

    /// <summary>Whether the text asks for a halt.</summary>
    public static bool Mean(string text) => Read(Plain.Of(text)) is not null;

    internal static Command.Halt? Read(string plain) => Once(plain) switch
    {
        var words when Stop.Contains(words) => new Command.Halt(null),
        var words when Everything.Contains(words) => new Command.Halt(null) { IsEverything = true },
        var words when Cancel.Contains(words) => new Command.Halt(null) { IsCancel = true },
        _ => null,
    };

    // Who is in a hurry says it several times.
    private static string Once(string plain)
    {
        var words = plain.Split(' ').Distinct().ToList();
        var signs = words.SelectMany(word => word.EnumerateRunes()).Distinct().ToList();
        return words.Count > 1 && signs.Count > 1 ? plain : signs is [var sign] ? sign.ToString() : words[0];
    }
}
