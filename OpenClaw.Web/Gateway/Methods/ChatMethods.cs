using System.Text.Json;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Orchestration.Commands;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Workflows;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Conversations: what is said comes as events, what was said is kept.</summary>
internal sealed class ChatMethods(GatewayRuns runs, RunFeed feed, TargetResolver targets, Sessions sessions, WorkflowClient workflows) : IGatewayMethods
{
    private const int MaxHistory = 1000;
    private const int DefaultHistory = 200;

    private static readonly string[] SendFields =
    [
        "sessionKey", "key", "message", "idempotencyKey", "agentId", "sessionId", "thinking", "deliver", "attachments", "timeoutMs", "queueMode", "originatingChannel",
        "originatingTo", "originatingAccountId", "originatingThreadId", "systemInputProvenance", "systemProvenanceReceipt",
    ];

    public IEnumerable<GatewayMethod> All =>
    [
        new GatewayMethod("chat.send", Scopes.Write, call => SendAsync(call, "sessionKey")),
        new GatewayMethod("sessions.send", Scopes.Write, call => SendAsync(call, "key")),
        GatewayMethod.Of("chat.history", Scopes.Read, HistoryAsync),
        GatewayMethod.Of("chat.abort", Scopes.Write, call => AbortAsync(call, "sessionKey")),
        GatewayMethod.Of("sessions.abort", Scopes.Write, call => AbortAsync(call, "key")),
    ];

    // Whoever says stop in a chat means what is under way in it; OpenClaw's gateway answers such a message as an abort, too.
    private async Task<JsonElement> SendAsync(GatewayCall call, string keyField)
    {
        var given = call.Params(SendFields);
        var input = RunInput.Of(given);
        given.Limit("timeoutMs", TimeSpan.MaxValue, TimeSpan.FromMilliseconds(1));
        var run = given.OptionalText("idempotencyKey") ?? $"{call.Connection.Id}:{call.Id}";
        var target = await targets.ResolveAsync(given.OptionalText("agentId"), given.Filled(keyField), call.Method, call.Caller, call.Cancelled);
        if (input.Context is null && HaltWords.Mean(input.Text))
            return ProtocolJson.Element(await AbortAsync(target.SessionKey, only: null, call));
        if (await runs.FindAsync(run, target, input, call.Caller, call.Cancelled) is { } known)
            return ProtocolJson.Element(Known(run, await runs.OutcomeAsync(known.Id, call.Cancelled)));

        var accepted = await feed.BeginAsync(run, target, input, call.Caller, call.Cancelled);
        _ = TellWhenEndedAsync(accepted);
        return ProtocolJson.Element(new ChatStarted(run, "started"));
    }

    private static ChatStarted Known(string run, RunOutcome? outcome) => outcome switch
    {
        null => new ChatStarted(run, "in_flight"),
        { Text: not null } => new ChatStarted(run, "ok"),
        _ => throw RunMethods.Failed(outcome),
    };

    // A run that another node works on is told here too, to whom asked for it.
    private async Task TellWhenEndedAsync(AcceptedMessage accepted)
    {
        try
        {
            if (await runs.WaitAsync(accepted, TimeSpan.FromMinutes(10), CancellationToken.None))
                await feed.EndedAsync(accepted.MessageId);
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            // The reply is stored or will be; the client reads it in the history.
        }
    }

    private async Task<ChatHistory> HistoryAsync(GatewayCall call)
    {
        var given = call.Params("sessionKey", "limit", "offset", "cursor", "maxChars", "sessionId", "agentId");
        var (limit, offset) = (given.Number("limit", DefaultHistory, 1, MaxHistory), given.Number("offset", 0, 0, int.MaxValue));
        var key = (await targets.ResolveAsync(given.OptionalText("agentId"), given.Filled("sessionKey"), "chat.history", call.Caller, call.Cancelled)).SessionKey;
        if (await sessions.FindAsync(key, call.Caller, call.Cancelled) is not { } session)
            return new ChatHistory(key, null, [], HasMore: false, 0);

        var (messages, total) = await sessions.HistoryAsync(session, limit, offset, call.Cancelled);
        return new ChatHistory(key, session.SessionId.ToString(), [.. messages.Select(RunFeed.ChatOf)], offset + messages.Count < total, total);
    }

    private async Task<ChatAborted> AbortAsync(GatewayCall call, string keyField)
    {
        var given = call.Params(keyField, "runId", "agentId");
        var only = given.OptionalText("runId");
        var key = (await targets.ResolveAsync(given.OptionalText("agentId"), given.Filled(keyField), "chat.abort", call.Caller, call.Cancelled)).SessionKey;
        return await AbortAsync(key, only, call);
    }

    // The newest first: otherwise the end of one would let the next begin.
    private async Task<ChatAborted> AbortAsync(string key, string? only, GatewayCall call)
    {
        var aborted = new List<string>();
        foreach (var message in (await sessions.UnderWayAsync(key, call.Cancelled)).Where(message => only is null || message.MessageId == only).Reverse())
        {
            if (await workflows.CancelAsync(message.WorkflowUuid!.Value, call.Caller.Actor, call.Method, call.Cancelled))
                aborted.Add(message.MessageId);
        }

        return new ChatAborted(true, aborted.Count > 0, aborted);
    }
}
