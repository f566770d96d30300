namespace OpenClaw.Web.Dashboard.Parts;

/// <summary>An exception's text by lines, with those of our own code told from those of others.</summary>
public static class StackLines
{
    /// <summary>The first own one is where to look.</summary>
    public static IEnumerable<(string Text, bool IsOwn, bool IsFirstOwn)> Of(string detail)
    {
        var found = false;
        foreach (var line in detail.ReplaceLineEndings("\n").Split('\n'))
        {
            var isOwn = line.AsSpan().TrimStart().StartsWith("at OpenClaw.", StringComparison.Ordinal);
            yield return (line, isOwn, isOwn && !found);
            found |= isOwn;
        }
    }
}
