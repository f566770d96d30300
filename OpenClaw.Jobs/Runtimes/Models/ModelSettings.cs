namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>Where models are, and how they are asked.</summary>
public sealed record ModelSettings
{
    /// <summary>Key for <c>openai/…</c>; not needed at an endpoint of one's own.</summary>
    public string? OpenAiApiKey { get; init; }

    /// <summary>Any OpenAI-compatible endpoint; null for OpenAI's own.</summary>
    public Uri? OpenAiBaseUrl { get; init; }

    /// <summary>Key for <c>anthropic/…</c>.</summary>
    public string? AnthropicApiKey { get; init; }

    /// <summary>Null for Anthropic's own.</summary>
    public Uri? AnthropicBaseUrl { get; init; }

    /// <summary>Reads commands in free language, <c>provider/name</c>; null for none.</summary>
    public string? CommandModel { get; init; }

    /// <summary>What agents run on that are made to work on an issue, <c>provider/name</c>; null for what other agents get for which nobody names a model.</summary>
    public string? WorkModel { get; init; }

    /// <summary>Who pays for what the service asks for itself.</summary>
    public string Owner { get; init; } = "admin";

    /// <summary>So many turns of one provider may be under way on a node.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>A model that shows no sign of life for so long (not a byte) is given up, and asked again by the step's next attempt.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
