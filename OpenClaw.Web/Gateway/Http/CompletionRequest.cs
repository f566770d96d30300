using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>What a caller of <c>/v1/chat/completions</c> wants.</summary>
/// <param name="Model">As the caller names it.</param>
/// <param name="Text">The message to answer.</param>
/// <param name="Context">What was said before it, and how it is to be answered; null for nothing.</param>
internal sealed record CompletionRequest(string Model, string Text, TurnContext? Context)
{
    /// <summary>Names a conversation that goes on from request to request; null for one of its own.</summary>
    public string? User { get; init; }

    public bool Stream { get; init; }

    /// <summary>A stream ends with what it took.</summary>
    public bool StreamUsage { get; init; }

    public RunInput Input => new(Text, Context);

    /// <summary>Why a reply that took so many tokens ended, as OpenAI names it.</summary>
    public string FinishOf(TurnUsage? usage) => Context?.Reply?.MaxTokens is { } most && usage?.OutputTokens >= most ? "length" : "stop";
}
