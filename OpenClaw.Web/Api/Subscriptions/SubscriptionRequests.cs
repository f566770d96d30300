using System.Text.Json.Serialization;
using OpenClaw.Jobs.Subscriptions;

namespace OpenClaw.Web.Api.Subscriptions;

/// <param name="Url">Where events are posted to: https, or http where WEBHOOK_HOSTS names the host.</param>
/// <param name="Events">Types such as workflow.failed; absent, all.</param>
/// <param name="Workflows">Names such as pause_agent; absent, all.</param>
/// <param name="Agents">Ids of agents; absent, all.</param>
/// <param name="Description">For people, up to 500 characters in one line.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateSubscriptionRequest(
    string? Url = null, IReadOnlyList<string?>? Events = null, IReadOnlyList<string?>? Workflows = null, IReadOnlyList<Guid>? Agents = null, string? Description = null)
{
    internal SubscriptionDraft ToDraft() => new(Url, Events.Whole(), Workflows.Whole(), Agents, Description);
}

/// <summary>A change. What it does not name stays as it is.</summary>
/// <param name="Url">Where events are posted to from now on, what is owed among them.</param>
/// <param name="Events">Types; empty for all.</param>
/// <param name="Workflows">Names; empty for all.</param>
/// <param name="Agents">Ids of agents; empty for all.</param>
/// <param name="Description">For people; empty for none.</param>
/// <param name="Enabled">false: nothing is sent, and what happens meanwhile is owed; true: it goes on where it stands.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdateSubscriptionRequest(
    string? Url = null, IReadOnlyList<string?>? Events = null, IReadOnlyList<string?>? Workflows = null, IReadOnlyList<Guid>? Agents = null, string? Description = null, bool? Enabled = null)
{
    internal SubscriptionDraft ToDraft() => new(Url, Events.Whole(), Workflows.Whole(), Agents, Description) { Enabled = Enabled };
}

internal static class SubscriptionTexts
{
    // What is null in a list is refused as an unknown name is.
    public static IReadOnlyList<string>? Whole(this IReadOnlyList<string?>? texts) => texts is null ? null : [.. texts.Select(each => each ?? "")];
}

/// <param name="From">Since when what happened is sent once more; absent, it goes on where it stands.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReplayRequest(DateTimeOffset? From = null);
