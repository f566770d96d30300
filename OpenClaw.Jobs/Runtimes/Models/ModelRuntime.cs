using System.Text.Json;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>
/// Agents that run on a language model. The persona is its system prompt; the conversation is ours and goes along with every
/// turn, so that the agent remembers on any node. A turn that is in the conversation already is not asked again.
/// </summary>
public sealed class ModelRuntime(IModelClient client, ModelErrors errors, ModelSettings settings, Transcripts conversations, TurnLeases leases, TimeProvider time) : ICheckedRuntime, ITextModel, IDisposable
{
    private readonly TurnSlots _slots = new(settings.Concurrency, time);
    private readonly ModelReader _reader = new(client, errors, settings.IdleTimeout, time);

    public string Provider => client.Provider;

    public IReadOnlyList<string> Models => [.. client.Suggestions.Select(name => $"{Provider}/{name}")];

    public int? ContextTokens => client.ContextTokens;

    public TurnExtras Takes => client.Takes;

    public bool IsPaid => client.IsPaid;

    public bool CanStandIn => true;

    public int? ContextTokensOf(JsonElement configuration) => ContextWindow.Of(configuration, client.ContextTokens).Tokens;

    public string? WhyUnavailable(string model) => client.WhyUnavailable is { } reason ? $"The model '{model}' cannot be used: {reason}" : null;

    public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult($"{Provider}-{agent.Id:N}");

    public async Task<ModelListing> ListAsync(CancellationToken cancellationToken)
    {
        var own = await ModelLists.AskAsync(client.ListAsync, time, cancellationToken);
        return own with { Models = own.Status is ListingStatus.Ready ? [.. own.Models.Select(name => $"{Provider}/{name}")] : Models };
    }

    public async Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(turn.IdempotencyKey, cancellationToken) is { } recorded)
        {
            return recorded;
        }

        return await leases.RunAsync(
            agent.Id, turn.IdempotencyKey, () => _slots.RunAsync(within => ConverseAsync(agent, turn, within), cancellationToken), cancellationToken);
    }

    public Task<string> CompleteAsync(string model, string instructions, string text, int maxTokens, CancellationToken cancellationToken)
    {
        var request = new ModelRequest(NameOf(model), instructions, [new ModelMessage(FromAgent: false, text)], maxTokens);
        return _slots.RunAsync(async within => (await _reader.ReadAsync(request, growing: null, within)).Text, cancellationToken);
    }

    public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<string?> AskAsync(string? model, CancellationToken cancellationToken)
    {
        if (model is null || client.WhyUnavailable is not null)
        {
            return null;
        }

        await _reader.ReadAsync(new ModelRequest(NameOf(model), "Answer with one word.", [new ModelMessage(FromAgent: false, "Are you there?")], MaxOutputTokens: null), growing: null, cancellationToken);
        return $"{model} answered.";
    }

    public void Dispose()
    {
        _slots.Dispose();
        (client as IDisposable)?.Dispose();
    }

    private string NameOf(string model) => model[(Provider.Length + 1)..];

    private async Task<TurnReply> ConverseAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        var session = turn.SessionKey ?? agent.SessionKey;
        var history = turn.Context is { Earlier.Count: > 0 } ? [] : await conversations.ReadAsync(agent.Id, session, cancellationToken);
        var persona = string.IsNullOrWhiteSpace(agent.Persona) ? $"You are {agent.Name}." : agent.Persona;
        if (turn.Context?.Instructions is { } instructions)
        {
            persona = $"{persona}\n\n{instructions}";
        }

        var window = ContextWindow.Of(agent.Configuration, client.ContextTokens).For(turn);
        var messages = window.Fit(persona, turn, history);
        while (true)
        {
            try
            {
                var request = new ModelRequest(NameOf(agent.Model), persona, messages, window.MaxOutputTokens) { Reply = turn.Context?.Reply };
                var reply = await _reader.ReadAsync(request, turn.Growing, cancellationToken);
                return await conversations.RecordAsync(agent, session, turn, reply, CancellationToken.None);
            }
            catch (StepFailedException overflow) when (overflow.Code == ModelFailureCodes.ContextOverflow && messages.Count > 1)
            {
                // Our estimate was wrong for this model: with less of the conversation it may fit.
                for (var before = messages.Count; messages.Count == before;)
                {
                    window = window.Half();
                    messages = window.Fit(persona, turn, history);
                }
            }
        }
    }
}
