using System.Text.Json;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.IssueWork;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Inboxes;

/// <summary>
/// Stores messages to whatever an address names. A message to an agent is stored with its workflow, because a turn is work;
/// one to a client or a channel waits in an inbox until it is fetched and acknowledged, and one to its owner is a notice.
/// </summary>
internal sealed class RoutedMessages(AgentService agents, MessageQueries messages, MessageContexts contexts, TargetResolver targets, Inbox inbox, ChannelMessages whatsApp, ProgressHandler progress, TimeProvider time)
{
    /// <param name="to">An agent by name or id, a session key, <c>client:…</c>, <c>owner:…</c>, or a channel address.</param>
    /// <param name="message">What to send; it is durable when it is accepted.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up; what was accepted stays so.</param>
    /// <param name="isProved">That the message is from whom it says is known otherwise.</param>
    /// <exception cref="GatewayException">There is no such agent.</exception>
    public async Task<Decision<Message>> SendAsync(string to, NewMessage message, Caller caller, CancellationToken cancellationToken, bool isProved = false)
    {
        if (!MessageRules.IsAddress(to))
        {
            return Refusal.Invalid.Of("to", $"to may have 1 to {MessageRules.MaxIdLength} characters, without control characters.");
        }

        if (MessageRules.Check(message) is { } wrong)
        {
            return wrong;
        }

        if (ProgressReport.Of(message.Metadata, message.Content) is { } report && message.From is { } from)
        {
            return await ReportAsync(from, to, report, message, caller, cancellationToken);
        }

        return !isProved && MessageRules.CheckSender(message, caller) is { } reserved ? reserved : await RouteAsync(to, message, caller, cancellationToken);
    }

    private async Task<Decision<Message>> RouteAsync(string to, NewMessage message, Caller caller, CancellationToken cancellationToken)
    {
        if (Addresses.IsClient(to))
        {
            return await StoreAsync(to, message, parked: null, caller);
        }

        if (whatsApp.NumberOf(to) is { } number)
        {
            return await SendAsync(number, to, message, caller, cancellationToken);
        }

        if (Addresses.IsOwner(to))
        {
            return to == Addresses.OfOwner(caller.Owner) ? await StoreAsync(to, message, OwnerNotifier.Waiting, caller) : new Refusal.NotFound("owner_not_found", $"You are not {to}; a person can be told only by their own agents and clients.");
        }

        if (Addresses.ChannelOf(to) is { } channel)
        {
            return await StoreAsync(to, message, $"The channel {channel} is not connected; the message waits for it until it expires.", caller);
        }

        var target = await targets.ResolveAsync(null, SessionOf(to), "messages.send", caller, mayCreate: true, cancellationToken);
        return await SendAsync(target.Agent.Id, message with { SessionKey = target.SessionKey }, caller, cancellationToken);
    }

    /// <summary>Sends a dead message anew. It stays as it is, and asked twice it is sent once.</summary>
    public async Task<Decision<Message>> SendAgainAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        if (await messages.FindAsync(id, caller, cancellationToken) is not { } dead)
        {
            return new Refusal.NotFound("message_not_found", $"There is no message {id}.");
        }

        if (dead.State is not MessageState.Dead)
        {
            return new Refusal.Conflict("wrong_state", $"Message {id} is not dead; only a dead message can be sent again.");
        }

        var again = new NewMessage($"again:{id}", dead.Sender, dead.Content, JsonSerializer.SerializeToElement(new { again = id }), dead.SessionKey)
        {
            Context = await contexts.ReadAsync(id, cancellationToken),
        };
        return dead.AgentId is { } agent && Addresses.IsAgent(dead.Recipient)
            ? await SendAsync(agent, again, caller, cancellationToken)
            : await RouteAsync(dead.Recipient, again, caller, cancellationToken);
    }

    private async Task<Decision<Message>> ReportAsync(string from, string to, ProgressReport report, NewMessage message, Caller caller, CancellationToken cancellationToken)
    {
        var sender = await targets.ResolveAsync(null, SessionOf(from), "messages.send", caller, mayCreate: true, cancellationToken);
        return await (await progress.AcceptAsync(sender.Agent.Id, to, report, message, caller, cancellationToken)).Match<Task<Decision<Message>>>(
            async stored => (await messages.FindAsync(stored, caller, cancellationToken))!,
            refusal => Task.FromResult<Decision<Message>>(refusal));
    }

    // An agent by name or id means its main session; a key says which.
    private static string SessionOf(string to)
    {
        var name = Addresses.IsAgent(to) ? to["agent:".Length..] : to;
        return name.Contains(':', StringComparison.Ordinal) ? to : $"agent:{name}:{AgentLookup.Main}";
    }

    private async Task<Decision<Message>> SendAsync(Guid agent, NewMessage message, Caller caller, CancellationToken cancellationToken) =>
        await (await agents.SendMessageAsync(agent, message, caller, key: null, cancellationToken)).Match<Task<Decision<Message>>>(
            async accepted => (await messages.FindAsync(accepted.MessageId, caller, cancellationToken))!,
            refusal => Task.FromResult<Decision<Message>>(refusal));

    private async Task<Decision<Message>> SendAsync(string number, string to, NewMessage message, Caller caller, CancellationToken cancellationToken) =>
        await OnceAsync(message.ToMessage(caller.Owner, to, agent: null, parked: null, time.GetUtcNow()), one => whatsApp.SendAsync(one, number, cancellationToken));

    private Task<Decision<Message>> StoreAsync(string to, NewMessage message, string? parked, Caller caller) =>
        OnceAsync(message.ToMessage(caller.Owner, to, agent: null, parked, time.GetUtcNow()), inbox.StoreAsync);

    // What is stored under the id already is answered only to who sends the same message again.
    private static async Task<Decision<Message>> OnceAsync(Message message, Func<Message, Task<Message>> store) => message.OrReused(await store(message));
}
