using System.Text.Json;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Conversations;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Conversations: what is said comes as events, what was said is kept.</summary>
internal sealed class ChatMethods(GatewayRuns runs, RunFeed feed, TargetResolver targets, SessionTargets conversations, SessionRows rows, SlashCommands commands, ConversationStore sessions, WorkflowClient workflows) : IGatewayMethods
{
    private const int MaxHistory = 1000;
    private const int DefaultHistory = 200;

    private static readonly string[] SendFields =
        ["sessionKey", "key", "message", "idempotencyKey", "agentId", "sessionId", "thinking", "attachments", "suppressCommandInterpretation", "deliver", "originatingChannel", "originatingTo", "queueMode", "timeoutMs"];

    public IEnumerable<GatewayMethod> All =>
    [
        new GatewayMethod("chat.send", Scopes.Write, call => SendAsync(call, "sessionKey")),
        new GatewayMethod("sessions.send", Scopes.Write, call => SendAsync(call, "key")),
        new GatewayMethod("chat.history", Scopes.Read, HistoryAsync),
        new GatewayMethod("commands.list", Scopes.Read, ListCommandsAsync),
        GatewayMethod.Of("chat.abort", Scopes.Write, call => AbortAsync(call, "sessionKey")),
        GatewayMethod.Of("sessions.abort", Scopes.Write, call => AbortAsync(call, "key")),
    ];

    private async Task<JsonElement> ListCommandsAsync(GatewayCall call)
    {
        var given = call.Params("sessionKey", "agentId", "provider", "scope", "includeArgs");
        if (given.OptionalText("agentId") is not null || given.OptionalText("sessionKey") is not null)
        {
            await targets.ResolveAsync(given.OptionalText("agentId"), given.OptionalText("sessionKey"), call);
        }

        return ProtocolJson.Element(given.OptionalText("scope") is "native" ? new SlashCommandList([]) : SlashCommands.List);
    }

    // Whoever says stop in a chat means what is under way in it; OpenClaw's gateway answers such a message as an abort, too.
    private async Task<JsonElement> SendAsync(GatewayCall call, string keyField)
    {
        var given = call.Params(SendFields);
        var input = RunInput.Of(given).Queued(given);
        var run = given.OptionalText("idempotencyKey") ?? $"{call.Connection.Id}:{call.Id}";
        given.Filled(keyField);
        var target = await conversations.FindAsync(given, keyField, call);
        RunMethods.RefuseThinking(given, target);
        var isCommand = input.Context is null && !given.Flag("suppressCommandInterpretation", false);
        if (isCommand && HaltWords.Mean(input.Text))
        {
            return ProtocolJson.Element(await AbortAsync(target.SessionKey, only: null, call));
        }

        if (await runs.FindAsync(run, target, input, call.Caller, call.Cancelled) is { } known)
        {
            return ProtocolJson.Element(Known(run, await runs.OutcomeAsync(known.Id, call.Cancelled)));
        }

        if (isCommand && await commands.AnswerAsync(input.Text, target, call.Caller, call.Cancelled) is { } answer)
        {
            await runs.AnswerAsync(run, target, input, answer, call.Cancelled);
            _ = feed.AnsweredAsync(run, target, answer);
            return ProtocolJson.Element(new ChatStarted(run, "started"));
        }

        var accepted = await feed.BeginAsync(run, target, input, call.Caller, call.Cancelled);
        _ = TellWhenEndedAsync(accepted);
        return ProtocolJson.Element(new ChatStarted(run, "started"));
    }

    private static ChatStarted Known(string run, RunOutcome? outcome) => outcome switch
    {
        null => new ChatStarted(run, "in_flight"),
        { Text: not null } => new ChatStarted(run, "ok"),
        { IsAborted: true } => new ChatStarted(run, "timeout"),
        _ => throw RunMethods.Failed(outcome),
    };

    // A run that another node works on is told here too, to whom asked for it.
    private async Task TellWhenEndedAsync(AcceptedMessage accepted)
    {
        try
        {
            if (await runs.WaitAsync(accepted, TimeSpan.FromMinutes(10), CancellationToken.None))
            {
                await feed.EndedAsync(accepted.MessageId);
            }
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            // The reply is stored or will be; the client reads it in the history.
        }
    }

    private async Task<JsonElement> HistoryAsync(GatewayCall call)
    {
        var given = call.Params("sessionKey", "limit", "offset", "cursor", "maxChars", "sessionId", "agentId");
        var (limit, offset, most) = (given.Number("limit", DefaultHistory, 1, MaxHistory), given.Number("offset", 0, 0, int.MaxValue), given.Number("maxChars", int.MaxValue, 1, int.MaxValue));
        given.Filled("sessionKey");
        var target = await conversations.FindAsync(given, "sessionKey", call);
        if (given.OptionalText("cursor") is not null)
        {
            return ProtocolJson.Element(new ChatHistoryReset("reset"));
        }

        var key = target.SessionKey;
        if (await sessions.FindAsync(key, call.Caller, call.Cancelled) is not { } session)
        {
            return ProtocolJson.Element(new ChatHistory(key, null, [], HasMore: false, 0) { SessionInfo = rows.Unused(target), Defaults = rows.DefaultsOf(target.Agent) });
        }

        var (messages, total) = await sessions.HistoryAsync(session, limit, offset, call.Cancelled);
        var (row, hasMore) = (await rows.ReadAsync([session], SessionTexts.None, call.Caller, call.Cancelled) is [var read] ? read : null, offset + messages.Count < total);
        return ProtocolJson.Element(new ChatHistory(key, session.SessionId.ToString(), Transcript.Of(messages, most), hasMore, total)
        {
            SessionInfo = row,
            Defaults = rows.DefaultsOf(target.Agent),
            InFlightRun = (await sessions.UnderWayAsync([key], call.Cancelled)).FirstOrDefault() is { } run
                ? new RunInFlight(run.MessageId, feed.SaidSoFar(run.Id) is { Length: > 0 } said ? said : await sessions.SaidSoFarAsync(run.Id, call.Cancelled), run.CreatedAt.ToUnixTimeMilliseconds())
                : null,
            NextOffset = hasMore ? offset + messages.Count : null,
            ThinkingLevel = Setting(row, "thinkingLevel"),
            VerboseLevel = Setting(row, "verboseLevel"),
        });
    }

    private static string? Setting(SessionRow? row, string name) => row?.Settings?.GetValueOrDefault(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private async Task<ChatAborted> AbortAsync(GatewayCall call, string keyField)
    {
        var given = call.Params(keyField, "runId", "agentId");
        var only = given.OptionalText("runId");
        var key = (await targets.ResolveAsync(given.OptionalText("agentId"), given.Filled(keyField), call)).SessionKey;
        return await AbortAsync(key, only, call);
    }

    // The newest first: otherwise the end of one would let the next begin.
    private async Task<ChatAborted> AbortAsync(string key, string? only, GatewayCall call)
    {
        var aborted = new List<string>();
        foreach (var message in (await sessions.UnderWayAsync(key, call.Cancelled)).Where(message => only is null || message.MessageId == only).Reverse())
        {
            if (!await workflows.CancelAsync(message.WorkflowUuid!.Value, call.Caller.Actor, call.Method, call.Cancelled))
            {
                continue;
            }

            aborted.Add(message.MessageId);
            await feed.CancelledAsync(message.Id);
        }

        return new ChatAborted(true, aborted.Count > 0, aborted);
    }
}
