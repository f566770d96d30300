using System.Text.RegularExpressions;

namespace Hangfire.States;

internal static partial class QueueName
{
    public static void Validate(string? queue, string parameterName)
    {
        if (queue is null || !Allowed().IsMatch(queue))
            throw new ArgumentException(
                $"The queue name must consist of lowercase letters, digits, underscores, and dashes only. Given: '{queue}'.", parameterName);
    }

    [GeneratedRegex(@"\A[a-z0-9_-]+\z")]
    private static partial Regex Allowed();
}
