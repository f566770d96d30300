namespace OpenClaw.Jobs.Runaways;

/// <summary>
/// The agents whose turns led to a question, as a server that speaks OpenAI's protocol is told: this service may be that
/// server, and an agent that waits for an answer of its own would wait until its turn's time is over.
/// </summary>
public static class AskedBy
{
    public const string Header = "x-openclaw-asked-by";

    /// <summary>Agents that ask one another.</summary>
    public const int Most = 20;

    public static string Write(IEnumerable<Guid> agents) => string.Join(',', agents);

    /// <summary>False when it names no agents.</summary>
    public static bool TryRead(string header, out IReadOnlyList<Guid> agents)
    {
        var read = header.Split(',', StringSplitOptions.TrimEntries).Select(each => Guid.TryParse(each, out var id) ? id : Guid.Empty).ToList();
        agents = read;
        return !read.Contains(Guid.Empty);
    }
}
