using System.Text;
using System.Text.Json;
using OpenClaw.Data.Conversations;
using OpenClaw.Jobs.Runtimes.Thoughts;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>How much a model reads at once. What is oldest is left out first.</summary>
/// <param name="Tokens">All of it: persona, conversation and reply.</param>
/// <param name="MaxOutputTokens">Of the reply, if the agent's configuration limits it.</param>
internal sealed record ContextWindow(int Tokens, int? MaxOutputTokens)
{
    // English takes about four characters a token, most other languages fewer. Too few turns do less harm than an overflow.
    private const int CharactersPerToken = 3;

    // The largest that OpenAI and Anthropic count for one.
    private const int TokensPerPicture = 2_000;

    // Of roles and separators around each message.
    private const int TokensPerMessage = 8;

    /// <param name="configuration">The agent's; <c>context_tokens</c> and <c>max_output_tokens</c> are read.</param>
    /// <param name="fallback">The window when it does not say.</param>
    public static ContextWindow Of(JsonElement configuration, int fallback) =>
        new(Number(configuration, "context_tokens") ?? fallback, Number(configuration, "max_output_tokens"));

    /// <summary>Half of it; what did not fit may fit into that.</summary>
    public ContextWindow Half() => this with { Tokens = Tokens / 2 };

    /// <summary>The window of one turn, whose sender may want a shorter reply.</summary>
    public ContextWindow For(Turn turn) =>
        turn.Context?.Reply?.MaxTokens is { } most && !(MaxOutputTokens < most) ? this with { MaxOutputTokens = most } : this;

    /// <summary>The message of the turn, with as many of those before it as fit: of the conversation that came with it, else of ours.</summary>
    /// <param name="persona">Is always there.</param>
    /// <param name="turn">Its message is always there.</param>
    /// <param name="turns">Our conversation, newest first.</param>
    public IReadOnlyList<ModelMessage> Fit(string persona, Turn turn, IReadOnlyList<ConversationTurn> turns)
    {
        if (turn.Context is not { } context)
        {
            return Fit(persona, turns, turn.Message);
        }

        List<ModelMessage> messages = [.. context.Earlier.Count > 0 ? Fit(persona, context.Earlier, turn.Message) : Fit(persona, turns, turn.Message)];
        messages[^1] = messages[^1] with { Pictures = context.Pictures };
        return messages;
    }

    /// <summary>What an answer may take at most: two bytes a token is more than ordinary text has in any language.</summary>
    /// <param name="persona">Is shown.</param>
    /// <param name="messages">Are shown.</param>
    /// <param name="output">How long a reply becomes when nothing limits it; null when the provider decides.</param>
    public TurnMost MostFor(string persona, IReadOnlyList<ModelMessage> messages, int? output) => new(
        Most(persona) + messages.Sum(message => Most(message.Text) + message.Pictures.Count * TokensPerPicture), MaxOutputTokens ?? output ?? Math.Max(1, Tokens / 4));

    private static long Most(string text) => Encoding.UTF8.GetByteCount(text) / 2 + TokensPerMessage;

    private List<ModelMessage> Fit(string persona, IReadOnlyList<EarlierMessage> earlier, string message)
    {
        var room = RoomBeside(persona, message);
        var fits = earlier.Reverse().TakeWhile(said => (room -= Estimate(said.Text)) >= 0).Reverse();
        return [.. fits.Select(said => new ModelMessage(said.FromAgent, said.Text) { Pictures = said.Pictures }), new ModelMessage(FromAgent: false, message)];
    }

    /// <summary>The message, with as many of the last turns before it as fit.</summary>
    /// <param name="persona">Is always there.</param>
    /// <param name="turns">Newest first.</param>
    /// <param name="message">Is always there.</param>
    public IReadOnlyList<ModelMessage> Fit(string persona, IReadOnlyList<ConversationTurn> turns, string message)
    {
        var room = RoomBeside(persona, message);
        var messages = new List<ModelMessage> { new(FromAgent: false, message) };
        foreach (var turn in turns)
        {
            // Also of a reply that an older build has recorded.
            var reply = ThoughtFilter.Without(turn.Reply);
            if (string.IsNullOrWhiteSpace(reply))
            {
                continue;
            }

            room -= Estimate(turn.Message) + Estimate(reply);
            if (room < 0)
            {
                break;
            }

            messages.Add(new ModelMessage(FromAgent: true, reply));
            messages.Add(new ModelMessage(FromAgent: false, turn.Message));
        }

        messages.Reverse();
        return messages;
    }

    private int RoomBeside(string persona, string message) => Tokens - (MaxOutputTokens ?? Tokens / 4) - Estimate(persona) - Estimate(message);

    private static int Estimate(string text) => text.Length / CharactersPerToken + TokensPerMessage;

    private static int? Number(JsonElement configuration, string name) =>
        configuration.ValueKind is JsonValueKind.Object && configuration.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0
            ? number
            : null;
}
