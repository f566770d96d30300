using OpenClaw.Jobs.ForeignInput;
namespace OpenClaw.Jobs.Commands.Language;

/// <summary>Reads what follows <c>create</c>: <c>researcher as "a careful reader" on openai/gpt-5</c>.</summary>
internal static class CreateReader
{
    // More words than that are a sentence, unless they stand in quotes.
    private const int MostWords = 3;

    public static Reading Read(Words rest)
    {
        var words = rest;
        while (words.Count > 1 && words[0] is "a" or "an" or "new" or "agent" or "called" or "named" or "the")
        {
            words = words.From(1);
        }

        var quoted = NameReader.Quoted(words, out var after);
        after = Courtesy.After(after);
        var model = ModelAtTheEnd(ref after);
        var name = quoted ?? NameBefore(ref after, ref model);
        if (name.Length == 0 || (after.Count > 0 && after[0] != "as"))
        {
            return new Reading.Unclear("What is the new agent's name?", ["create <name>", "create <name> as <persona> on <provider/model>"]);
        }

        if (quoted is null && name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > MostWords)
        {
            return new Reading.Unclear($"Is \"{ForeignText.Quote(name)}\" to be an agent's name? Put it in quotes then.", [$"create \"{ForeignText.Quote(name)}\""]);
        }

        var persona = NameReader.Quoted(after.From(1), out var more) is { } whole && more.Count == 0 ? whole : NameReader.Clean(after.From(1).Raw());
        return new Reading.Exact(new Command.Create(name, persona.Length == 0 ? null : persona, model));
    }

    private static string NameBefore(ref Words after, ref string? model)
    {
        var end = after.IndexOf(word => word == "as") is > 0 and var found ? found : after.Count;
        var name = after.Between(0, end);
        after = after.From(end);
        model ??= ModelAtTheEnd(ref name);
        return NameReader.Clean(name.Raw());
    }

    /// <summary>The model that the words end with (<c>on openai/gpt-5</c>), and takes it from them; null when they do not.</summary>
    public static string? ModelAtTheEnd(ref Words words)
    {
        if (words.Count < 2 || words.From(words.Count - 1).Raw().TrimEnd('.', '!', ',') is not { } last || last.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var slash)
            || slash == last.Length - 1 || last.Any(NameReader.IsDoubleQuote))
        {
            return null;
        }

        var before = words[^2] == "model" ? words.Count - 3 : words.Count - 2;
        if (before < 0 || words[before] is not ("on" or "with" or "using"))
        {
            return null;
        }

        words = words.Between(0, before);
        return last;
    }
}
