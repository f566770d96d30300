using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>
/// Recognises that a request does not fit the model's window. Servers say it in many ways and with several statuses; what
/// their sentences have in common is that something of the request is more than it may be, counted in tokens or by length.
/// </summary>
/// <remarks>
/// Sentences of OpenAI, Azure, vLLM (vllm#20409, #33418), SGLang, TGI, llama.cpp, LM Studio (lmstudio-bug-tracker#237, #546,
/// #2322: with status 200), Ollama, Anthropic, Bedrock, Gemini, Mistral, Cohere, xAI, Groq, DashScope, MiniMax and Kimi stand in the
/// test of this class, each with its server. One that is not recognised belongs there first.
/// </remarks>
internal static partial class Overflow
{
    public static bool Is(ServerError error) => error.Status switch
    {
        413 => true,
        429 => Reduce().IsMatch(error.All),
        null or 200 or 400 or 422 or 500 => Code().IsMatch(error.All) || Limit().IsMatch(error.All) || (!Otherwise().IsMatch(error.All) && IsTooMuch(error.All)),
        _ => false,
    };

    private static bool IsTooMuch(string words) => Subject().IsMatch(words) && Measure().IsMatch(words) && Excess().IsMatch(words);

    // Codes: OpenAI and Azure; llama.cpp; LiteLLM; Anthropic's reason of a stop.
    [GeneratedRegex(@"context_length_exceeded|exceed_context_size|context_?window_?exceeded", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    // The limit alone says it (OpenAI, vLLM, xAI, Mistral, Groq, DashScope).
    [GeneratedRegex(@"maximum (context|prompt|model) length|reduce the length of|range of input length|model token limit", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Limit();

    [GeneratedRegex(@"\b(contexts?|prompts?|inputs?|sequences?|messages?|conversation|history|requests?|tokens?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Subject();

    [GeneratedRegex(@"\b(tokens?|contexts?|prompts?|lengths?|too long)\b|n_ctx", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Measure();

    [GeneratedRegex(@"\bexceed|\btoo (long|large|many|big)\b|\b(longer|larger|greater|bigger|more) than\b|\bdo(es)? not fit\b|\boverflow|must (be <=|be less than|be at most|have less than|not exceed)|\bover the (limit|maximum)\b|超", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Excess();

    // More than may be asked in a time, or than may be answered: less of the conversation changes nothing.
    [GeneratedRegex(@"rate.?limit|per (second|minute|min|hour|day)\b|\bquota|too many requests|credit balance|billing|completion tokens|output tokens|max_(completion_|output_|new_)?tokens\W{0,3} (is |was )?(too|must be (less|at most|between|positive|an? ))|timed? ?out", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Otherwise();

    // OpenAI, of one request that is more than a minute's worth of tokens.
    [GeneratedRegex(@"tokens must be reduced|request too large", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reduce();
}
