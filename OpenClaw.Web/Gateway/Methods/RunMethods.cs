using System.Text.Json;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Conversations;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Turns of agents: <c>agent</c>, which answers twice, and <c>agent.wait</c>.</summary>
internal sealed class RunMethods(GatewayRuns runs, RunFeed feed, SessionTargets conversations, ConversationStore sessions, RuntimeCatalog runtimes, TimeProvider time) : IGatewayMethods
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(10);

    private static readonly string[] Fields =
        ["message", "idempotencyKey", "agentId", "sessionKey", "sessionId", "thinking", "timeout", "provider", "model", "extraSystemPrompt", "label", "attachments", "deliver", "replyChannel", "replyTo", "channel", "to"];

    public IEnumerable<GatewayMethod> All =>
    [
        new GatewayMethod("agent", Scopes.Write, RunAsync),

        // So the DBOS version's bridge called it.
        new GatewayMethod("agent.send", Scopes.Write, RunAsync),
        GatewayMethod.Of("agent.wait", Scopes.Write, WaitAsync),
    ];

    private async Task<JsonElement> RunAsync(GatewayCall call)
    {
        var given = call.Params(Fields);
        var input = RunInput.Of(given);
        var run = Key(call, given);
        var limit = given.Limit("timeout", DefaultLimit, TimeSpan.FromSeconds(1));
        var (label, target) = (given.OptionalText("label"), await conversations.FindAsync(given, "sessionKey", call));
        RefuseThinking(given, target);
        input = OnModel(given, input, target);
        var accepted = await runs.AcceptAsync(run, target, input, call.Caller, call.Cancelled);
        if (accepted.WasKnown)
        {
            return await runs.OutcomeAsync(accepted.MessageId, call.Cancelled) is { } ended
                ? Final(ended)
                : ProtocolJson.Element(new RunAccepted(run, target.SessionKey, AgentLookup.Of(target.Agent), "in_flight"));
        }

        if (label is { Length: > 0 })
        {
            await sessions.ChangeAsync(target.SessionKey, SessionExpectation.None, session => session.Label = label, call.Caller, call.Cancelled);
        }

        call.Acknowledge(new RunAccepted(run, target.SessionKey, AgentLookup.Of(target.Agent), "accepted", time.GetUtcNow().ToUnixTimeMilliseconds()));
        feed.Started(run, target);
        if (!await runs.WaitAsync(accepted, limit, call.Cancelled))
        {
            return ProtocolJson.Element(new RunEnded(run, "timeout", "still running"));
        }

        // Whoever builds the text from events has it before the last answer.
        return Final((await feed.EndedAsync(accepted.MessageId))!);
    }

    private async Task<RunWaited> WaitAsync(GatewayCall call)
    {
        var given = call.Params("runId", "timeoutMs");
        var run = given.Filled("runId");
        var limit = TimeSpan.FromMilliseconds(given.Number("timeoutMs", 30_000, 0, 24 * 3600 * 1000));
        if (await runs.FindAsync(run, call.Caller, call.Cancelled) is not { } message
            || !await runs.WaitAsync(message.WorkflowUuid, limit, call.Cancelled)
            || await runs.OutcomeAsync(message.Id, call.Cancelled) is not { } outcome)
        {
            return new RunWaited(run, "timeout");
        }

        var (started, ended) = (message.CreatedAt.ToUnixTimeMilliseconds(), outcome.EndedAt.ToUnixTimeMilliseconds());
        if (outcome.IsAborted)
        {
            return new RunWaited(run, "error", started, ended, RunOutcome.AbortedByCaller, "aborted");
        }

        return outcome.Text is null
            ? new RunWaited(run, "error", started, ended, "error", outcome.Error)
            : new RunWaited(run, "ok", started, ended, "stop");
    }

    /// <summary>Models are asked as they are: no other thinking than that can be had.</summary>
    /// <exception cref="GatewayException">Another one is asked for.</exception>
    public static void RefuseThinking(GatewayParams given, RunTarget target)
    {
        if (given.OptionalText("thinking") is { Length: > 0 } level and not ("off" or "none" or "default"))
        {
            throw GatewayException.Invalid($"Thinking level \"{Jobs.ForeignInput.ForeignText.Quote(level)}\" is not supported for {target.Agent.Model}. Use one of: off.");
        }
    }

    private RunInput OnModel(GatewayParams given, RunInput input, RunTarget target)
    {
        var provider = given.OptionalText("provider");
        if (provider is { Length: > 0 } && given.OptionalText("model") is not { Length: > 0 } && !string.Equals(provider, SessionRows.Split(target.Agent.Model).Provider, StringComparison.OrdinalIgnoreCase))
        {
            throw given.Wrong($"at /provider: the agent runs on {target.Agent.Model}: name a model beside the provider, or leave it out");
        }

        return SessionPatch.ModelOf(given, target.Agent, runtimes) is { } model ? input with { Context = (input.Context ?? new TurnContext()) with { Model = model } } : input;
    }

    // The real gateway wants a key; old clients have none, and then the frame's own id must do.
    private static string Key(GatewayCall call, GatewayParams given) =>
        given.OptionalText("idempotencyKey") is null ? $"{call.Connection.Id}:{call.Id}" : given.Filled("idempotencyKey");

    private static RunAgentMeta? Meta(TurnUsage? usage) =>
        usage is null ? null : new RunAgentMeta(new RunUsage(usage.InputTokens, usage.OutputTokens, usage.InputTokens + usage.OutputTokens));

    // An aborted run is no failure: in the real gateway's words it has not ended in time.
    private static JsonElement Final(RunOutcome outcome) => outcome.IsAborted
        ? ProtocolJson.Element(new RunEnded(outcome.RunId, "timeout", "aborted", StopReason: RunOutcome.AbortedByCaller))
        : outcome.Text is { } text
        ? ProtocolJson.Element(new RunEnded(outcome.RunId, "ok", "completed", new RunResult([new RunText(text)], new RunMeta(outcome.DurationMs, Meta(outcome.Usage)))))
        : throw Failed(outcome);

    /// <summary>The answer to who asks for a run that has failed.</summary>
    public static GatewayException Failed(RunOutcome outcome) => new(
        new GatewayError(ErrorCodes.Unavailable, outcome.Error!), ProtocolJson.Element(new RunEnded(outcome.RunId, "error", outcome.Error!)));
}
