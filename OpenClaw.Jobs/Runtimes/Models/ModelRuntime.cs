using System.Text.Json;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Runtimes.Breakers;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>
/// Agents that run on a language model. The persona is its system prompt; the conversation is ours and goes along with every
/// turn, so that the agent remembers on any node. A turn that is in the conversation already is not asked again.
/// </summary>
public sealed class ModelRuntime(
    IModelClient client, ModelErrors errors, ModelSettings settings, Transcripts conversations, TurnLeases leases, SpendingLedger spending, ProviderBreakers breakers, BrakeBoard brakes, TimeProvider time) : ICheckedRuntime, ITextModel, IDisposable
{
    private readonly TurnSlots _slots = new(settings.Concurrency, time);
    private readonly ModelReader _reader = new(client, errors, settings.IdleTimeout, time);
    private BreakerGate? _gate;

    public string Provider => client.Provider;

    public IReadOnlyList<string> Models => [.. client.Suggestions.Select(name => $"{Provider}/{name}")];

    public int? ContextTokens => client.ContextTokens;

    public TurnExtras Takes => client.Takes;

    public bool IsPaid => client.IsPaid;

    public bool CanStandIn => true;

    public bool HasLine => true;

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

        // Also before it waits in line: others may be standing there for as long as they have patience.
        Gate.Require(NameOf(agent.Model), hasOthers: turn.Patience is not null);
        return await leases.RunAsync(
            agent.Id, turn.IdempotencyKey, () => _slots.RunAsync(turn.Limits, within => EnterAsync(agent, turn, within), cancellationToken), cancellationToken);
    }

    public Task<string> CompleteAsync(string model, string owner, string instructions, string text, int maxTokens, CancellationToken cancellationToken)
    {
        var request = new ModelRequest(NameOf(model), instructions, [new ModelMessage(FromAgent: false, text)], maxTokens);
        return _slots.RunAsync(TurnLimits.Default, within => AskAsync(model, request, SpendingKind.Command, owner, within), cancellationToken);
    }

    public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<string?> AskAsync(string? model, CancellationToken cancellationToken)
    {
        if (model is null || client.WhyUnavailable is not null)
        {
            return null;
        }

        var request = new ModelRequest(NameOf(model), "Answer with one word.", [new ModelMessage(FromAgent: false, "Are you there?")], MaxOutputTokens: null);
        await AskAsync(model, request, SpendingKind.Check, settings.Owner, cancellationToken);
        return $"{model} answered.";
    }

    // A question of its own words, so that a provider that is asked whether it is there is not taken for one that is asked this.
    private Task<string> AskIfBackAsync(string model, CancellationToken cancellationToken) => AskAsync(
        $"{Provider}/{model}", new ModelRequest(model, "Answer with one word.", [new ModelMessage(FromAgent: false, "Are you back?")], MaxOutputTokens: null), SpendingKind.Check, settings.Owner, cancellationToken);

    public void Dispose()
    {
        _slots.Dispose();
        (client as IDisposable)?.Dispose();
    }

    private BreakerGate Gate => LazyInitializer.EnsureInitialized(ref _gate, () => new BreakerGate(Provider, breakers, errors, AskIfBackAsync, time));

    private string NameOf(string model) => model[(Provider.Length + 1)..];

    // Its turn in line has come: a brake may be on since it stood there.
    private async Task<TurnReply> EnterAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        brakes.Require(agent.Owner, agent.Id);
        using var asked = brakes.Ask(turn.IdempotencyKey);
        return await Gate.AskAsync(
            NameOf(agent.Model), turn.IdempotencyKey, turn.Patience is not null, turn.Patience ?? turn.Limits.Idle ?? settings.IdleTimeout, attempt => ConverseAsync(agent, turn, attempt, cancellationToken), cancellationToken);
    }

    private async Task<TurnReply> ConverseAsync(RuntimeAgent agent, Turn turn, BreakerGate.Attempt attempt, CancellationToken cancellationToken)
    {
        var session = turn.SessionKey ?? agent.SessionKey;
        var history = turn.IsWithoutHistory || turn.Context is { Earlier.Count: > 0 } ? [] : await conversations.ReadAsync(agent.Id, session, cancellationToken);
        var persona = string.IsNullOrWhiteSpace(agent.Persona) ? $"You are {agent.Name}." : agent.Persona;
        if (turn.Context?.Instructions is { } instructions)
        {
            persona = $"{persona}\n\n{instructions}";
        }

        var window = ContextWindow.Of(agent.Configuration, client.ContextTokens).For(turn);
        var messages = window.Fit(persona, turn, history);
        var most = window.MostFor(persona, messages, client.DefaultOutputTokens);

        // Under a budget it may cost what was reserved, and not what the model likes.
        var isHeld = await spending.ReserveAsync(agent.Id, agent.Model, turn.IdempotencyKey, most, cancellationToken);
        var billed = (TurnUsage?)null;
        try
        {
            while (true)
            {
                try
                {
                    var request = new ModelRequest(NameOf(agent.Model), persona, messages, isHeld ? (int)most.OutputTokens : window.MaxOutputTokens) { Reply = turn.Context?.Reply, AskedBy = [.. turn.Context?.AskedBy ?? [], agent.Id] };
                    var reply = await _reader.ReadAsync(request, turn.Growing, cancellationToken, counted => billed = counted, turn.Patience, attempt.Alive, turn.Limits.Idle);
                    return await conversations.RecordAsync(agent, session, turn, reply with { Model = agent.Model }, CancellationToken.None);
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
        catch (Exception exception) when (!DatabaseOutage.Caused(exception))
        {
            await GiveBackAsync(agent, turn, billed);
            throw;
        }
    }

    // An answer that is no reply is paid all the same, beside what the turn costs when it is asked again.
    private async Task GiveBackAsync(RuntimeAgent agent, Turn turn, TurnUsage? billed)
    {
        try
        {
            if (billed is not null)
            {
                await spending.SettleAsync(new Spent(turn.IdempotencyKey, agent.Model, turn.Purpose, billed) { AgentId = agent.Id, IsBesides = true }, CancellationToken.None);
            }
            else
            {
                await spending.ReleaseAsync(turn.IdempotencyKey, CancellationToken.None);
            }
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            // What is held for it is given back by its next attempt, or by time.
        }
    }

    private async Task<string> AskAsync(string model, ModelRequest request, SpendingKind kind, string owner, CancellationToken cancellationToken)
    {
        var billed = (TurnUsage?)null;
        try
        {
            return (await _reader.ReadAsync(request, growing: null, cancellationToken, counted => billed = counted)).Text;
        }
        finally
        {
            if (billed is not null)
            {
                await spending.SettleAsync(new Spent($"{EnumText.ToLower(kind)}:{Guid.CreateVersion7()}", model, kind, billed) { Owner = owner }, CancellationToken.None);
            }
        }
    }
}
