using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>How a request is put to a server that speaks OpenAI's protocol, of which few know all.</summary>
/// <param name="MaxTokensField">By which name the reply's greatest length goes.</param>
internal sealed partial record RequestForm(string MaxTokensField)
{
    /// <summary>OpenAI's own name; its newer models know no other.</summary>
    public const string MaxCompletionTokens = "max_completion_tokens";

    /// <summary>The older name. Servers of one's own know it, and many of them drop the other without a word.</summary>
    public const string MaxTokens = "max_tokens";

    /// <summary>The persona is a message of the system's; else it stands before the first of the person's.</summary>
    public bool HasSystemRole { get; init; } = true;

    /// <summary>It asks what the turn took.</summary>
    public bool HasStreamOptions { get; init; } = true;

    /// <summary>It asks for the reply piece by piece.</summary>
    public bool IsStreamed { get; init; } = true;

    private bool HasOtherName { get; init; } = true;

    /// <summary>The form in which a request that was refused is put again; null when the refusal is not about its form.</summary>
    /// <param name="error">The refusal.</param>
    /// <param name="isLimited">The request says how long the reply may be.</param>
    public RequestForm? After(ServerError error, bool isLimited)
    {
        if (error.Status is not (null or 400 or 404 or 422 or 500 or 501))
        {
            return null;
        }

        var words = error.All;
        return HasStreamOptions && words.Contains("stream_options", StringComparison.OrdinalIgnoreCase) ? this with { HasStreamOptions = false }
            : isLimited && HasOtherName && words.Contains(MaxTokensField, StringComparison.OrdinalIgnoreCase) ? this with { MaxTokensField = Other(MaxTokensField), HasOtherName = false }
            : HasSystemRole && SystemRole().IsMatch(words) ? this with { HasSystemRole = false }
            : IsStreamed && error.Status is 400 or 422 or 501 && Streaming().IsMatch(words) ? this with { IsStreamed = false, HasStreamOptions = false }
            : null;
    }

    private static string Other(string field) => field == MaxTokens ? MaxCompletionTokens : MaxTokens;

    // Templates of Gemma and of early Mistral models, OpenAI's o1-mini, and what vLLM, llama.cpp and LM Studio make of them.
    [GeneratedRegex(@"\bsystem\b.{0,60}\b(messages?|roles?|prompts?|instructions?|model)\b|\b(messages?|roles?|prompts?)\b.{0,80}\bsystem\b|roles? must alternate", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SystemRole();

    [GeneratedRegex(@"\bstream(ing|ed)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Streaming();
}
