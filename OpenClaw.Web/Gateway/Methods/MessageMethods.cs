using System.Text.Json;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Inboxes;
using OpenClaw.Web.Gateway.Runs;
using OpenClaw.Web.Gateway.Workers;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Messages that are stored before they are acknowledged. All but <c>send</c> are our own additions.</summary>
internal sealed class MessageMethods(RoutedMessages routed, MessageQueries messages, InboxSender inboxes, WorkerTurnSender workers) : IGatewayMethods
{
    private const int MaxList = 500;
    private const int DefaultList = 50;
    private const int MaxAcknowledged = 1000;

    public IEnumerable<GatewayMethod> All =>
    [
        new GatewayMethod("messages.send", Scopes.Write, SendAsync),
        new GatewayMethod("messages.resend", Scopes.Write, SendAgainAsync),
        GatewayMethod.Of("messages.ack", Scopes.Write, AcknowledgeAsync),
        new GatewayMethod("messages.list", Scopes.Read, ListAsync),
        GatewayMethod.Of("send", Scopes.Write, SendToChannelAsync),
    ];

    private async Task<JsonElement> SendAsync(GatewayCall call)
    {
        var given = call.Params("id", "to", "from", "content", "metadata", "ttlSeconds");
        var from = given.OptionalText("from") ?? OwnAddress(call);
        if (Addresses.IsClient(from) && from != OwnAddress(call))
        {
            throw given.Wrong($"at /from: you are {OwnAddress(call)}");
        }

        var message = new NewMessage(
            given.OptionalText("id"), from, given.Filled("content", MessageRules.MaxContentLength), given.Object("metadata"), TimeToLive: TimeToLive(given));
        return Json((await routed.SendAsync(given.Filled("to"), message, call.Caller, call.Cancelled, workers.SpeaksAs(call.Connection, from))).OrThrow());
    }

    private async Task<JsonElement> SendAgainAsync(GatewayCall call) =>
        Json((await routed.SendAgainAsync(call.Params("id").Uuid("id"), call.Caller, call.Cancelled)).OrThrow());

    private async Task<MessagesAcknowledged> AcknowledgeAsync(GatewayCall call)
    {
        var given = call.Params("id", "ids");
        var ids = given.OptionalText("id") is null ? given.Uuids("ids", MaxAcknowledged) : [given.Uuid("id")];
        return new MessagesAcknowledged(true, await inboxes.AcknowledgeAsync(call.Connection, ids));
    }

    private async Task<JsonElement> ListAsync(GatewayCall call)
    {
        var given = call.Params("state", "to", "limit", "before");
        var limit = given.Number("limit", DefaultList, 1, MaxList);
        var before = given.OptionalText("before") is null ? (Guid?)null : given.Uuid("before");
        var page = await messages.ListAsync(
            new MessageSearch(given.OneOf<MessageState>("state"), given.OptionalText("to"), WithNotices: true, before, limit), call.Caller, call.Cancelled);
        return JsonSerializer.SerializeToElement(new { messages = page.Select(MessageResponse.FromMessage) }, WorkflowJson.Options);
    }

    // Straight to a person on a channel. While the channel is away the message waits for it.
    private async Task<MessageAccepted> SendToChannelAsync(GatewayCall call)
    {
        var given = call.Params("to", "message", "channel", "idempotencyKey");
        var to = $"{given.OptionalText("channel") ?? "whatsapp"}:dm:{given.Filled("to")}";
        if (Addresses.ChannelOf(to) is null)
        {
            throw GatewayException.Invalid($"unsupported channel: {given.OptionalText("channel")}");
        }

        var message = new NewMessage(given.Filled("idempotencyKey"), GatewayRuns.Sender, given.Filled("message", MessageRules.MaxContentLength), Metadata: null);
        var stored = (await routed.SendAsync(to, message, call.Caller, call.Cancelled)).OrThrow();
        return new MessageAccepted(true, stored.Id.ToString(), to, EnumText.ToLower(stored.State), stored.StateReason);
    }

    // A client that says which instance it is can be answered in its inbox.
    private static string OwnAddress(GatewayCall call) =>
        call.Connection.Connected!.Client.InstanceId is null ? GatewayRuns.Sender : call.Connection.Address;

    private static TimeSpan? TimeToLive(GatewayParams given) =>
        given.Number("ttlSeconds", 0, 0, int.MaxValue) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static JsonElement Json(Message message) => JsonSerializer.SerializeToElement(MessageResponse.FromMessage(message), WorkflowJson.Options);
}
