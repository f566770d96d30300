namespace OpenClaw.Jobs.Commands.Language;

/// <summary>Ways to begin a command that mean the same.</summary>
/// <param name="Ways">Words in small letters.</param>
/// <param name="Read">Reads what follows; null when that does not make a command of it.</param>
internal sealed record Phrase(IReadOnlyList<string> Ways, Func<Words, Reading?> Read)
{
    private readonly string[][] _ways = [.. Ways.Select(way => way.Split(' '))];

    /// <summary>How the text begins with this phrase: the longest way, and of those the one with the fewest slips; null when with none.</summary>
    public Match? In(Words words) => _ways
        .Select(way => Compare(way, words)).OfType<Match>()
        .OrderByDescending(match => match.Length).ThenBy(match => match.Slips).Cast<Match?>().FirstOrDefault();

    private Match? Compare(string[] way, Words words)
    {
        if (words.Count < way.Length)
        {
            return null;
        }

        var slips = 0;
        for (var i = 0; i < way.Length; i++)
        {
            if (words[i] == way[i] && !words.IsQuoted(i))
            {
                continue;
            }

            if (words.IsQuoted(i) || !Slips.MayMean(words[i], way[i]))
            {
                return null;
            }

            slips += Slips.Distance(words[i], way[i]);
        }

        return new Match(this, way.Length, slips);
    }

    internal readonly record struct Match(Phrase Phrase, int Length, int Slips);
}
