namespace OpenClaw.Jobs.Runtimes;

/// <summary>What an agent runs on. One implementation serves all models of a provider.</summary>
public interface IAgentRuntime
{
    /// <summary>The part of <c>model</c> before the slash.</summary>
    string Provider { get; }

    /// <summary>Models to offer to whoever creates an agent, in full. Other names may be served too.</summary>
    IReadOnlyList<string> Models => [];

    /// <summary>What it knows of itself that it serves now: its own list where it has one, else <see cref="Models"/>. Never fails.</summary>
    Task<ModelListing> ListAsync(CancellationToken cancellationToken) => Task.FromResult(new ModelListing(ListingStatus.Ready, Models));

    /// <summary>How many tokens its models read at once; null where it does not know.</summary>
    int? ContextTokens => null;

    /// <summary>What it acts on beside the message of a turn.</summary>
    TurnExtras Takes => TurnExtras.None;

    /// <summary>
    /// Whether an agent may be asked on any of its models for a while, without being connected to each: the conversation is
    /// ours, and what was said on one model the next one is shown.
    /// </summary>
    bool CanStandIn => false;

    /// <summary>Its turns wait in line before they ask anybody; it holds them to the brake itself, and says when they ask.</summary>
    bool HasLine => false;

    /// <summary>Tokens that an agent's model reads at once; null where the runtime does not know.</summary>
    /// <param name="configuration">The agent's JSON object.</param>
    int? ContextTokensOf(System.Text.Json.JsonElement configuration) => null;

    /// <summary>What is missing before this runtime can serve the model, as a sentence that says what to set; null if nothing.</summary>
    string? WhyUnavailable(string model);

    /// <summary>Makes the agent known to the runtime. Called again with the same key after a crash.</summary>
    /// <returns>The name by which the runtime knows the agent.</returns>
    Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Runs one turn. Called again with the same key after a crash; a runtime that can tell returns the first reply.</summary>
    Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken);

    /// <summary>Lets the agent go. An agent that the runtime does not know is no error.</summary>
    Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken);
}
