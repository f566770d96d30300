namespace OpenClaw.Jobs.Commands.Language;

/// <summary>Words that make a command polite and do not change it.</summary>
internal static class Courtesy
{
    private static readonly string[][] First = Split(
        "please", "pls", "plz", "kindly", "hey", "hi", "hello", "dear", "ok", "okay", "so", "now", "openclaw", "bot", "could you", "can you", "would you", "will you",
        "can we", "lets", "let's", "let us", "i want to", "i want you to", "i would like to", "i'd like to", "id like to", "would you mind to", "just", "good morning", "good evening");

    private static readonly string[][] Last = Split(
        "please", "pls", "plz", "thanks", "thank you", "thx", "now", "right now", "right away", "for me", "for now", "again", "asap", "ok", "okay", "would you", "will you");

    public static Words Before(Words words)
    {
        while (Array.Find(First, polite => polite.Length < words.Count && words.StartsWith(polite)) is { } polite)
        {
            words = words.From(polite.Length);
        }

        return words;
    }

    public static Words After(Words words)
    {
        while (Spare(words) is > 0 and var spare)
        {
            words = words.Between(0, words.Count - spare);
        }

        return words;
    }

    private static int Spare(Words words) => words.Count > 0 && words[^1].All(char.IsPunctuation)
        ? 1
        : Array.Find(Last, polite => polite.Length <= words.Count && words.From(words.Count - polite.Length).StartsWith(polite))?.Length ?? 0;

    private static string[][] Split(params string[] phrases) => [.. phrases.Select(phrase => phrase.Split(' '))];
}
