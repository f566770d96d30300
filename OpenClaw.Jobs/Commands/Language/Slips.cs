namespace OpenClaw.Jobs.Commands.Language;

/// <summary>Typing slips: a letter too many, too few, wrong, or two of them exchanged.</summary>
internal static class Slips
{
    private const int ShortestWithOne = 4;
    private const int ShortestWithTwo = 8;

    /// <summary>Whether the word may have been meant; short words forgive nothing, long ones two slips.</summary>
    public static bool MayMean(string typed, string meant) => Distance(typed, meant) <= Forgiven(meant);

    public static int Forgiven(string meant) => meant.Length switch
    {
        >= ShortestWithTwo => 2,
        >= ShortestWithOne => 1,
        _ => 0,
    };

    /// <summary>How many slips lie between the two; <see cref="int.MaxValue"/> when their lengths alone say too many.</summary>
    public static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2)
        {
            return int.MaxValue;
        }

        var distance = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            distance[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            distance[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                distance[i, j] = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[left.Length, right.Length];
    }
}
