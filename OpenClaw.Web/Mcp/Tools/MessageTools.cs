using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>Messages to agents, and what they answered.</summary>
internal sealed class MessageTools(AgentService service, AgentQueries agents, MessageQueries messages, AgentNames names, OperationAnswer operations) : IToolbox
{
    private const string WaitSeconds = "wait_seconds";

    private const int UsualWait = 20;

    // Clients give a call up after a minute.
    private const int LongestWait = 50;

    public IEnumerable<Tool> Tools =>
    [
        new Tool("send_message", "Sends a message to an agent and waits a while for its reply. What is accepted is delivered, also later and after a restart: do not send it again, ask read_message.", KeyScopes.Write,
            [
                AgentName,
                Text("content", "The text.").Needed(),
                Text("id", "An id of your own; a second message with it is the same message."),
                Text("from", "Who writes; left out, the owner does."),
                Object("metadata", "A JSON object that travels along."),
                Text("timeout", "How long the agent's turn may take, such as 90s or 4h; left out, as its configuration says."),
                Text("queue_mode", "When it has a turn under way: followup, collect, interrupt or steer; left out, as its configuration says."),
                Number(WaitSeconds, $"How long to wait for the reply, 0 to {LongestWait}; default {UsualWait}."),
                IdempotencyKey,
                Full,
            ],
            SendAsync) { IsOfAgents = true, Rest = ["POST /agents/{id}/message"] },
        new Tool("read_message", "Tells what became of a message: whether it was delivered, why not, and the reply when it is there.", KeyScopes.Read,
            [Id("message", "The message_id that send_message or list_messages told.").Needed(), Full], ReadAsync) { IsOfAgents = true },
        new Tool("list_messages", "Lists an agent's messages to and from it, newest first.", KeyScopes.Read, [AgentName, Limit, Full], ListAsync) { IsOfAgents = true, Rest = ["GET /agents/{id}/messages"] },
    ];

    private async Task<ToolAnswer> SendAsync(ToolCall call)
    {
        var wait = call.Number(WaitSeconds) ?? UsualWait;
        if (wait is < 0 or > LongestWait)
        {
            throw ToolRefusedException.Wrong(WaitSeconds, $"{WaitSeconds} must lie between 0 and {LongestWait}.");
        }

        var message = call.Request<SendMessageRequest>(AgentName.Name, WaitSeconds).ToNewMessage(call.Caller);
        ToolCall.Require(MessageRules.CheckSender(message, call.Caller));
        var agent = await names.FindAsync(call);
        var accepted = (await service.SendMessageAsync(agent.Id, message, call.Caller, call.Key, call.Cancelled)).OrThrow();
        if (accepted.WorkflowUuid is { } uuid)
        {
            await operations.EndsAsync(uuid, TimeSpan.FromSeconds(wait), call);
        }

        var (sent, reply) = await agents.ExchangeAsync(accepted.MessageId, call.Cancelled);
        return AnswerText.Of(call, new SentMessage(sent.Id, sent.State, sent.StateReason, reply?.Content, sent.WorkflowUuid, Later(sent, reply)));
    }

    private async Task<ToolAnswer> ReadAsync(ToolCall call)
    {
        var id = call.Id("message")!.Value;
        if (await messages.FindAsync(id, call.Caller, call.Cancelled) is null)
        {
            throw new ToolRefusedException("message_not_found", $"There is no message {id}.");
        }

        var (message, reply) = await agents.ExchangeAsync(id, call.Cancelled);
        return AnswerText.Of(call, new Exchange(MessageResponse.FromMessage(message), reply is null ? null : MessageResponse.FromMessage(reply), Later(message, reply)));
    }

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var limit = call.Limit();
        var page = await agents.MessagesAsync((await names.FindAsync(call)).Id, limit, call.Cancelled);
        return AnswerText.List(call, "messages", [.. page.Select(MessageLine.Of)], page.Count == limit, next: null);
    }

    private static string? Later(Message message, Message? reply) => (message.State, reply) switch
    {
        (_, not null) => null,
        (MessageState.Parked, _) => $"It waits: {message.StateReason}. It is delivered by itself when that is over; ask read_message with message: {message.Id} then.",
        (MessageState.Accepted, _) => $"It is on its way, and the reply is not there yet. Ask read_message with message: {message.Id} for it; do not send it again.",
        (MessageState.Dead, _) => $"It was given up: {message.StateReason}",
        _ => null,
    };

    private sealed record SentMessage(Guid MessageId, MessageState State, string? StateReason, string? Reply, Guid? WorkflowUuid, string? Later);

    private sealed record Exchange(MessageResponse Message, MessageResponse? Reply, string? Later);

    private sealed record MessageLine(Guid MessageId, string From, string To, string Content, MessageState State, string? StateReason, Guid? ReplyTo, DateTimeOffset CreatedAt)
    {
        public static MessageLine Of(Message message) =>
            new(message.Id, message.Sender, message.Recipient, message.Content, message.State, message.StateReason, message.ReplyTo, message.CreatedAt);
    }
}
