using OpenClaw.Data.Agents;
using OpenClaw.Data.Messaging;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>The list of conversations, and being told of what happens in them.</summary>
internal sealed class SessionMethods(Sessions sessions, AgentQueries agents, TargetResolver targets, DefaultModel model, RunFeed feed, GatewayHub hub) : IGatewayMethods
{
    private const int MaxList = 500;
    private const int DefaultList = 50;

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("sessions.list", Scopes.Read, ListAsync),
        GatewayMethod.Of("sessions.describe", Scopes.Read, DescribeAsync),
        GatewayMethod.Of("sessions.resolve", Scopes.Read, ResolveAsync),
        GatewayMethod.Of("sessions.subscribe", Scopes.Read, call => SubscribeAsync(call, follow: true)),
        GatewayMethod.Of("sessions.unsubscribe", Scopes.Read, call => SubscribeAsync(call, follow: false)),
        GatewayMethod.Of("sessions.messages.subscribe", Scopes.Read, call => FollowAsync(call, follow: true)),
        GatewayMethod.Of("sessions.messages.unsubscribe", Scopes.Read, call => FollowAsync(call, follow: false)),
        GatewayMethod.Of("sessions.create", Scopes.Write, CreateAsync),
        GatewayMethod.Of("sessions.delete", Scopes.Admin, DeleteAsync),
        GatewayMethod.Of("sessions.reset", Scopes.Admin, ResetAsync),
        GatewayMethod.Of("sessions.patch", Scopes.Write, PatchAsync),
    ];

    private async Task<SessionList> ListAsync(GatewayCall call)
    {
        var given = call.Params();
        var limit = given.Number("limit", DefaultList, 1, MaxList);
        var agent = given.OptionalText("agentId") is { } name ? await targets.AgentAsync(name, call.Caller, call.Cancelled) : null;
        var (page, total) = await sessions.ListAsync(agent?.Id, given.OptionalText("search"), limit, call.Caller, call.Cancelled);
        var busy = await sessions.BusyAsync([.. page.Select(session => session.Key)], call.Cancelled);
        var owners = await agents.FindAsync([.. page.Select(session => session.AgentId)], call.Caller, call.Cancelled);
        var rows = page.Select(session => Row(session, owners[session.AgentId], busy.Contains(session.Key))).ToList();
        return new SessionList(
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), rows.Count, total, limit, rows.Count < total, [], new ModelDefaults(model.Name.Split('/')[0], model.Name), rows);
    }

    private async Task<SessionDescription> DescribeAsync(GatewayCall call)
    {
        var key = await KeyAsync(call, call.Params("key", "agentId"));
        return new SessionDescription(await DescribeAsync(key, call));
    }

    private async Task<SessionResolved> ResolveAsync(GatewayCall call)
    {
        var given = call.Params("key", "sessionId", "label", "agentId");
        var key = given.OptionalText("key") ?? throw GatewayException.Invalid("No session found: a key is needed");
        var target = await targets.ResolveAsync(given.OptionalText("agentId"), key, "sessions.resolve", call.Caller, call.Cancelled);
        return await sessions.FindAsync(target.SessionKey, call.Caller, call.Cancelled) is not null
            ? new SessionResolved(true, target.SessionKey, AgentNames.Of(target.Agent))
            : throw GatewayException.Invalid($"No session found: {key}");
    }

    private static Task<Subscribed> SubscribeAsync(GatewayCall call, bool follow)
    {
        call.Params();
        call.Connection.FollowsSessions = follow;
        return Task.FromResult(new Subscribed(follow));
    }

    private async Task<Subscribed> FollowAsync(GatewayCall call, bool follow)
    {
        var key = await KeyAsync(call, call.Params("key", "agentId"));
        call.Connection.Follow(key, follow);
        return new Subscribed(follow, key);
    }

    private async Task<SessionCreated> CreateAsync(GatewayCall call)
    {
        var given = call.Params("key", "agentId", "label", "message");
        var (label, message) = (given.OptionalText("label"), given.OptionalText("message", MessageRules.MaxContentLength));
        var target = await targets.ResolveAsync(
            given.OptionalText("agentId"), given.OptionalText("key") ?? $"dashboard:{Guid.NewGuid()}", "sessions.create", call.Caller, call.Cancelled);
        var run = message is { Length: > 0 } ? $"{call.Connection.Id}:{call.Id}" : null;
        if (run is not null)
            await feed.BeginAsync(run, target, new RunInput(message!), call.Caller, call.Cancelled);
        else
            await sessions.CreateAsync(target.SessionKey, target.Agent.Id, call.Cancelled);

        if (label is not null)
            await sessions.LabelAsync(target.SessionKey, label, call.Caller, call.Cancelled);

        var entry = (await ChangedAsync(target.SessionKey, call)).Entry!;
        return new SessionCreated(true, target.SessionKey, entry.SessionId, entry, run is not null, run);
    }

    private async Task<SessionDeleted> DeleteAsync(GatewayCall call)
    {
        var given = call.Params("key", "agentId", "deleteTranscript");
        var target = await targets.ResolveAsync(given.OptionalText("agentId"), given.Filled("key"), "sessions.delete", call.Caller, call.Cancelled);
        var key = target.SessionKey;
        if (key == AgentNames.MainSession(target.Agent))
            throw GatewayException.Invalid($"Cannot delete the main session ({key}).");
        if ((await sessions.BusyAsync([key], call.Cancelled)).Count > 0)
            throw GatewayException.Unavailable($"Session {key} is still active; try again in a moment.");

        var deleted = await sessions.DeleteAsync(key, call.Caller, call.Cancelled);
        if (deleted)
            await ChangedAsync(key, call);

        return new SessionDeleted(true, key, deleted);
    }

    private async Task<SessionChanged> ResetAsync(GatewayCall call)
    {
        var key = await KeyAsync(call, call.Params("key", "agentId", "reason"));
        return await sessions.ResetAsync(key, call.Caller, call.Cancelled) ? await ChangedAsync(key, call) : throw Unknown(key);
    }

    private async Task<SessionChanged> PatchAsync(GatewayCall call)
    {
        var given = call.Params("key", "agentId", "label");
        var (key, label) = (await KeyAsync(call, given), given.Text("label"));
        return await sessions.LabelAsync(key, label, call.Caller, call.Cancelled) ? await ChangedAsync(key, call) : throw Unknown(key);
    }

    private async Task<SessionChanged> ChangedAsync(string key, GatewayCall call)
    {
        var changed = new SessionChanged(true, key, await DescribeAsync(key, call));
        foreach (var connection in hub.Connections.Where(connection => connection.FollowsSessions))
            connection.Send("sessions.changed", ProtocolJson.Element(changed));

        return changed;
    }

    private async Task<SessionRow?> DescribeAsync(string key, GatewayCall call) =>
        await sessions.FindAsync(key, call.Caller, call.Cancelled) is { } session && await agents.FindAsync(session.AgentId, call.Caller, call.Cancelled) is { } agent
            ? Row(session, agent, (await sessions.BusyAsync([key], call.Cancelled)).Count > 0)
            : null;

    private async Task<string> KeyAsync(GatewayCall call, GatewayParams given) =>
        (await targets.ResolveAsync(given.OptionalText("agentId"), given.Filled("key"), "sessions", call.Caller, call.Cancelled)).SessionKey;

    private static SessionRow Row(Session session, Agent agent, bool busy) => new(
        session.Key, session.SessionId.ToString(), AgentNames.Of(agent), "direct", "direct", session.Label ?? agent.Name, session.Label,
        session.CreatedAt.ToUnixTimeMilliseconds(), session.UpdatedAt.ToUnixTimeMilliseconds(), agent.Model, busy);

    private static GatewayException Unknown(string key) => GatewayException.Invalid($"No session found: {key}");
}
