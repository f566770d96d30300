using System.Text.Json;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>A provider of language models, as far as we need one. What its failures mean, <see cref="ModelErrors"/> knows.</summary>
public interface IModelClient
{
    /// <summary>The part of an agent's model before the slash.</summary>
    string Provider { get; }

    /// <summary>What is missing before it can be asked, as a sentence that says what to set; null if nothing.</summary>
    string? WhyUnavailable { get; }

    /// <summary>Somebody is paid for what it answers.</summary>
    bool IsPaid { get; }

    /// <summary>The window of its models when the agent's configuration does not say.</summary>
    int ContextTokens { get; }

    /// <summary>How long a reply becomes at most when nobody limits it; null when the provider decides.</summary>
    int? DefaultOutputTokens => null;

    /// <summary>What it acts on beside the text of a conversation.</summary>
    TurnExtras Takes { get; }

    /// <summary>Models to offer to whoever creates an agent; any other name is taken too.</summary>
    IReadOnlyList<string> Suggestions { get; }

    /// <summary>The provider's own list of its models, as it writes it.</summary>
    Task<JsonElement> ListAsync(CancellationToken cancellationToken);

    /// <summary>Asks, and returns the reply piece by piece; the last piece says why it ended.</summary>
    IAsyncEnumerable<ModelChunk> StreamAsync(ModelRequest request, CancellationToken cancellationToken);
}

/// <summary>What a model is asked.</summary>
/// <param name="Model">Its name at the provider.</param>
/// <param name="Persona">Who it is to be.</param>
/// <param name="Messages">The conversation, oldest first; the last one is to be answered.</param>
/// <param name="MaxOutputTokens">How long the reply may be; null for the provider's own limit.</param>
public sealed record ModelRequest(string Model, string Persona, IReadOnlyList<ModelMessage> Messages, int? MaxOutputTokens)
{
    /// <summary>How the reply is to be made; null for the provider's own way.</summary>
    public ReplyOptions? Reply { get; init; }

    /// <summary>The agents whose turns led to it, the one that asks last.</summary>
    public IReadOnlyList<Guid> AskedBy { get; init; } = [];
}

/// <param name="FromAgent">False for what it was told.</param>
/// <param name="Text">What was said.</param>
public sealed record ModelMessage(bool FromAgent, string Text)
{
    public IReadOnlyList<Picture> Pictures { get; init; } = [];
}

/// <summary>A piece of a reply.</summary>
/// <param name="Text">What is new; may be empty.</param>
/// <param name="Finish">Why the reply ends here; null while it goes on.</param>
/// <param name="Usage">What the turn took, where the piece says it.</param>
public sealed record ModelChunk(string Text, ModelFinish? Finish = null, TurnUsage? Usage = null)
{
    /// <summary>Something came that says nothing: the model is at it.</summary>
    public static readonly ModelChunk Life = new("");
}

/// <summary>Why a reply ended.</summary>
public enum ModelFinish
{
    Complete,

    /// <summary>At its greatest length; what there is counts.</summary>
    Length,

    /// <summary>The provider does not let the model say it.</summary>
    Filtered,
}
