using System.Text.Json.Serialization;
using OpenClaw.Jobs.Subscriptions;

namespace OpenClaw.Web.Api.Subscriptions;

/// <param name="Url">Where events are posted to: https, or http where WEBHOOK_HOSTS names the host.</param>
/// <param name="Events">Types such as workflow.failed; absent, all.</param>
/// <param name="Workflows">Names such as pause_agent; absent, all.</param>
/// <param name="Agents">Ids of agents; absent, all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateSubscriptionRequest(string? Url = null, IReadOnlyList<string?>? Events = null, IReadOnlyList<string?>? Workflows = null, IReadOnlyList<Guid>? Agents = null)
{
    internal SubscriptionDraft ToDraft() => new(Url, [.. (Events ?? []).Select(each => each ?? "")], [.. (Workflows ?? []).Select(each => each ?? "")], Agents ?? []);
}

/// <param name="From">Since when what happened is sent once more; absent, it goes on where it stands.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReplayRequest(DateTimeOffset? From = null);
