using OpenClaw.Data.Agents;
using OpenClaw.Data.Conversations;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Conversations;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>The list of conversations, and being told of what happens in them.</summary>
internal sealed class SessionMethods(ConversationStore sessions, SessionRows rows, SessionAliases aliases, SessionTargets ids, AgentLookup names, TargetResolver targets, DefaultModel model, TimeProvider time) : IGatewayMethods
{
    private const int MaxList = 500;
    private const int DefaultList = 50;
    private const int MaxMinutes = 60 * 24 * 366 * 100;

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("sessions.list", Scopes.Read, ListAsync),
        GatewayMethod.Of("sessions.describe", Scopes.Read, DescribeAsync),
        GatewayMethod.Of("sessions.resolve", Scopes.Read, ResolveAsync),
        GatewayMethod.Of("sessions.subscribe", Scopes.Read, call => SubscribeAsync(call, follow: true)),
        GatewayMethod.Of("sessions.unsubscribe", Scopes.Read, call => SubscribeAsync(call, follow: false)),
        GatewayMethod.Of("sessions.messages.subscribe", Scopes.Read, call => FollowAsync(call, follow: true)),
        GatewayMethod.Of("sessions.messages.unsubscribe", Scopes.Read, call => FollowAsync(call, follow: false)),
    ];

    private async Task<SessionList> ListAsync(GatewayCall call)
    {
        var given = call.Params("limit", "offset", "activeMinutes", "includeUnknown", "includeDerivedTitles", "includeLastMessage", "label", "agentId", "search", "archived");
        var (limit, offset) = (given.Number("limit", DefaultList, 1, MaxList), given.Number("offset", 0, 0, int.MaxValue));
        var agent = given.OptionalText("agentId") is { } name ? await targets.AgentAsync(name, call.Caller, call.Cancelled) : null;
        var sought = given.OptionalText("search") is { Length: > 0 } text ? await aliases.ReadAsync(text, call.Caller, call.Cancelled) : null;
        var search = new SessionSearch
        {
            AgentId = agent?.Id,
            Texts = sought?.Texts ?? [],
            Label = given.OptionalText("label"),
            IsArchived = given.IsText("archived", "all") ? null : given.Flag("archived", false),
            UsedSince = given.Has("activeMinutes") ? time.GetUtcNow().AddMinutes(-given.Number("activeMinutes", 1, 1, MaxMinutes)) : null,
            Offset = offset,
            Limit = limit,
        };
        var (page, total) = await sessions.ListAsync(search, call.Caller, call.Cancelled);
        var shown = await rows.ReadAsync(page, TextsOf(given), call.Caller, call.Cancelled);
        if (sought is not null)
        {
            shown = [.. shown.Select(sought.AsAsked)];
        }

        if (given.Flag("includeUnknown", false))
        {
            shown = [.. shown, .. await aliases.OfAsync(page, shown, call.Caller, call.Cancelled)];
        }

        var (hasMore, next) = (offset + page.Count < total, offset + page.Count);
        return new SessionList(
            time.GetUtcNow().ToUnixTimeMilliseconds(), shown.Count, total, limit, hasMore, [], await DefaultsAsync(agent, call), shown, hasMore ? next : null);
    }

    private async Task<ModelDefaults> DefaultsAsync(Agent? agent, GatewayCall call)
    {
        if ((agent ?? await names.FindAsync(AgentLookup.Main, call.Caller, call.Cancelled)) is { } asked)
        {
            return rows.DefaultsOf(asked);
        }

        var (provider, name) = SessionRows.Split(model.Name);
        return new ModelDefaults(provider, name);
    }

    private async Task<SessionDescription> DescribeAsync(GatewayCall call)
    {
        var given = call.Params("key", "agentId", "includeDerivedTitles", "includeLastMessage");
        return new SessionDescription(await rows.FindAsync(await KeyAsync(call, given), TextsOf(given), call.Caller, call.Cancelled));
    }

    private async Task<SessionResolved> ResolveAsync(GatewayCall call)
    {
        var given = call.Params("key", "sessionId", "label", "agentId", "allowMissing");
        var (agentId, sought) = (given.OptionalText("agentId"), given.OptionalText("key") ?? given.OptionalText("sessionId") ?? given.OptionalText("label"));
        if (string.IsNullOrEmpty(sought))
        {
            throw GatewayException.Invalid("No session found: a key, a sessionId or a label is needed");
        }

        var session = given.Has("key") ? await sessions.FindAsync((await targets.ResolveAsync(agentId, sought, call)).SessionKey, call.Caller, call.Cancelled)
            : given.Has("sessionId") ? await ids.FindByIdAsync(agentId, sought, call)
            : await LabelledAsync(sought, agentId, call);
        return session is not null ? new SessionResolved(true, session.Key, AgentLookup.OfSession(session.Key))
            : given.Flag("allowMissing", false) ? new SessionResolved(false)
            : throw GatewayException.Invalid($"No session found: {Jobs.ForeignInput.ForeignText.Quote(sought)}");
    }

    private async Task<Session?> LabelledAsync(string label, string? agentId, GatewayCall call)
    {
        var agent = agentId is null ? null : await targets.AgentAsync(agentId, call.Caller, call.Cancelled);
        var (found, total) = await sessions.ListAsync(new SessionSearch { AgentId = agent?.Id, Label = label, IsArchived = null, Limit = 2 }, call.Caller, call.Cancelled);
        return total > 1
            ? throw GatewayException.Invalid($"Multiple sessions found with label: {Jobs.ForeignInput.ForeignText.Quote(label)}; name the one that is meant by its key, such as {string.Join(" or ", found.Select(session => session.Key))}")
            : found.Count > 0 ? found[0] : null;
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
        if (follow)
        {
            call.Connection.Follow(key);
        }
        else
        {
            call.Connection.Unfollow(key);
        }

        return new Subscribed(follow, key);
    }

    private static SessionTexts TextsOf(GatewayParams given) =>
        (given.Flag("includeDerivedTitles", false) ? SessionTexts.Title : SessionTexts.None) | (given.Flag("includeLastMessage", false) ? SessionTexts.LastMessage : SessionTexts.None);

    private async Task<string> KeyAsync(GatewayCall call, GatewayParams given) =>
        (await targets.ResolveAsync(given.OptionalText("agentId"), given.Filled("key"), call)).SessionKey;
}
