using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Conversations;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Beginning, setting, putting away and deleting conversations.</summary>
internal sealed class SessionChangeMethods(ConversationStore sessions, SessionRows rows, SessionNews news, RuntimeCatalog runtimes, TargetResolver targets, RunFeed feed, TimeProvider time) : IGatewayMethods
{
    private const string FitsByItself = "what is oldest is left out by itself when it does not fit into the model's context";

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("sessions.create", Scopes.Write, CreateAsync),
        GatewayMethod.Of("sessions.delete", Scopes.Write, DeleteAsync),
        GatewayMethod.Of("sessions.reset", Scopes.Admin, ResetAsync),
        GatewayMethod.Of("sessions.patch", Scopes.Write, PatchAsync),
        GatewayMethod.Of("sessions.compact", Scopes.Admin, CompactAsync),
    ];

    private async Task<SessionCreated> CreateAsync(GatewayCall call)
    {
        var given = call.Params("key", "agentId", "label", "message", "task", "attachments", "model", "thinkingLevel", "fastMode", "parentSessionKey", "succeedsParent", "idempotencyKey");
        var (agentId, id) = (given.OptionalText("agentId"), given.OptionalText("idempotencyKey"));
        var parent = await ParentAsync(given, agentId, call);
        var target = await targets.ResolveAsync(
            agentId ?? (parent is null || given.Has("key") ? null : AgentLookup.Of(parent.Agent)), given.OptionalText("key") ?? $"dashboard:{id ?? Guid.NewGuid().ToString()}", call);
        if (parent?.SessionKey == target.SessionKey)
        {
            throw GatewayException.Invalid("sessions.create key must differ from parentSessionKey");
        }

        var (patch, input) = (SessionPatch.Read(given, target.Agent, runtimes), InputOf(given));
        await sessions.CreateAsync(target.SessionKey, target.Agent.Id, call.Cancelled);
        await ChangeAsync(target.SessionKey, SessionExpectation.None, patch, call, parent?.SessionKey);
        var run = input is null ? null : id ?? $"{call.Connection.Id}:{call.Id}";
        if (run is not null)
        {
            await feed.BeginAsync(run, target, input!, call.Caller, call.Cancelled);
        }

        var entry = await news.TellAsync(target.SessionKey, "create", call.Caller, call.Cancelled) ?? throw Unknown(target.SessionKey);
        return new SessionCreated(true, target.SessionKey, entry.SessionId!, entry, run is not null, run);
    }

    // Nothing of it is taken over; who follows a conversation does not talk on in it.
    private async Task<RunTarget?> ParentAsync(GatewayParams given, string? agentId, GatewayCall call)
    {
        var succeeds = given.Flag("succeedsParent", false);
        if (given.OptionalText("parentSessionKey") is not { } key)
        {
            return succeeds ? throw GatewayException.Invalid("succeedsParent requires parentSessionKey") : null;
        }

        var parent = await targets.ResolveAsync(key.StartsWith("agent:", StringComparison.Ordinal) ? null : agentId, key, call);
        if (await sessions.FindAsync(parent.SessionKey, call.Caller, call.Cancelled) is null)
        {
            throw GatewayException.Invalid($"unknown parent session: {Jobs.ForeignInput.ForeignText.Quote(key)}");
        }

        if (succeeds && (await sessions.BusyAsync([parent.SessionKey], call.Cancelled)).Count > 0)
        {
            throw GatewayException.Unavailable($"Parent session {parent.SessionKey} is still active; try again in a moment.");
        }

        return parent;
    }

    private static RunInput? InputOf(GatewayParams given) =>
        given.Has("attachments") || given.OptionalText("message", MessageRules.MaxContentLength) is { Length: > 0 } ? RunInput.Of(given)
        : given.OptionalText("task", MessageRules.MaxContentLength) is { Length: > 0 } task ? new RunInput(task)
        : null;

    private async Task<SessionChanged> PatchAsync(GatewayCall call)
    {
        var given = call.Params(["key", "agentId", "expectedSessionId", .. SessionPatch.Fields]);
        var target = await TargetAsync(given, call);
        var patch = SessionPatch.Read(given, target.Agent, runtimes);
        if (patch.IsArchived is true && target.SessionKey == AgentLookup.MainSession(target.Agent))
        {
            throw GatewayException.Invalid("Cannot archive an agent's main session.");
        }

        // What is set before anything is said holds from the first message on.
        var expected = ExpectedOf(given);
        if (patch.IsArchived is null && expected == SessionExpectation.None && await sessions.FindAsync(target.SessionKey, call.Caller, call.Cancelled) is null)
        {
            await sessions.CreateAsync(target.SessionKey, target.Agent.Id, call.Cancelled);
        }

        await ChangeAsync(target.SessionKey, expected, patch, call);
        var entry = await news.TellAsync(target.SessionKey, "patch", call.Caller, call.Cancelled) ?? throw Unknown(target.SessionKey);
        return new SessionChanged(true, target.SessionKey, entry, new SessionModel(entry.ModelProvider, entry.Model, "off", ThinkingLevel.All));
    }

    private async Task<SessionDeleted> DeleteAsync(GatewayCall call)
    {
        var given = call.Params("key", "agentId", "deleteTranscript", "expectedSessionId", "expectedSessionUpdatedAt", "archivedOnly");
        var archivedOnly = given.Flag("archivedOnly", false);
        if (!archivedOnly && !Scopes.Allows(call.Connection.Connected!.Scopes, Scopes.Admin))
        {
            throw Scopes.Missing(Scopes.Admin);
        }

        var target = await TargetAsync(given, call);
        var key = target.SessionKey;
        if (key == AgentLookup.MainSession(target.Agent))
        {
            throw GatewayException.Invalid($"Cannot delete the main session ({key}).");
        }

        if ((await sessions.BusyAsync([key], call.Cancelled)).Count > 0)
        {
            throw GatewayException.Unavailable($"Session {key} is still active; try again in a moment.");
        }

        given.Flag("deleteTranscript", true);
        var expected = ExpectedOf(given) with { UpdatedAtMs = given.Instant("expectedSessionUpdatedAt", TimeZoneInfo.Utc)?.ToUnixTimeMilliseconds(), IsArchived = archivedOnly };
        var outcome = await sessions.DeleteAsync(key, expected, call.Caller, call.Cancelled);
        if (outcome is not (SessionOutcome.Done or SessionOutcome.Unknown))
        {
            throw Refused(key, outcome, "deletion");
        }

        if (outcome is SessionOutcome.Done)
        {
            await news.TellAsync(key, "delete", call.Caller, call.Cancelled);
        }

        return new SessionDeleted(true, key, outcome is SessionOutcome.Done, []);
    }

    private async Task<SessionChanged> ResetAsync(GatewayCall call)
    {
        var key = (await TargetAsync(call.Params("key", "agentId"), call)).SessionKey;
        return await sessions.ResetAsync(key, call.Caller, call.Cancelled) ? new SessionChanged(true, key, await news.TellAsync(key, "reset", call.Caller, call.Cancelled)) : throw Unknown(key);
    }

    private async Task<SessionCompacted> CompactAsync(GatewayCall call)
    {
        var key = (await TargetAsync(call.Params("key", "agentId"), call)).SessionKey;
        var row = await rows.FindAsync(key, SessionTexts.None, call.Caller, call.Cancelled);
        return new SessionCompacted(true, key, Compacted: false, row is null ? "no sessionId" : row.Status is null ? "no transcript" : FitsByItself);
    }

    private async Task ChangeAsync(string key, SessionExpectation expected, SessionPatch patch, GatewayCall call, string? parent = null)
    {
        var outcome = await sessions.ChangeAsync(
            key,
            expected,
            session =>
            {
                session.ParentKey = parent ?? session.ParentKey;
                patch.Apply(session, time.GetUtcNow());
            },
            call.Caller,
            call.Cancelled);
        if (outcome is not SessionOutcome.Done)
        {
            throw Refused(key, outcome, "the change");
        }
    }

    private Task<RunTarget> TargetAsync(GatewayParams given, GatewayCall call) =>
        targets.ResolveAsync(given.OptionalText("agentId"), given.Filled("key"), call);

    // An id that is none of ours is no conversation's.
    private static SessionExpectation ExpectedOf(GatewayParams given) => given.OptionalText("expectedSessionId") is { } id
        ? new SessionExpectation(Guid.TryParse(id, out var transcript) ? transcript : Guid.Empty)
        : SessionExpectation.None;

    private static GatewayException Refused(string key, SessionOutcome outcome, string what) => outcome switch
    {
        SessionOutcome.Changed => GatewayException.Invalid($"Session {key} changed before {what}. Retry.", "SESSION_CHANGED"),
        SessionOutcome.NotArchived => GatewayException.Invalid($"Session {key} is not archived. Archive it first, then delete it."),
        _ => Unknown(key),
    };

    private static GatewayException Unknown(string key) => GatewayException.Invalid($"No session found: {key}");
}
