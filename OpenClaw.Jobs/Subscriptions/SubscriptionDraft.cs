using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>A subscription as somebody wants it, or a change of one. Nothing in it is checked yet; null is what a new one has by default, and a change leaves.</summary>
/// <param name="Url">Where events are posted to.</param>
/// <param name="Events">Types; empty for all.</param>
/// <param name="Workflows">Names of workflows whose ends are told; empty for all.</param>
/// <param name="Agents">Ids of agents; empty for all.</param>
/// <param name="Description">For people; empty for none.</param>
public sealed record SubscriptionDraft(string? Url, IReadOnlyList<string>? Events, IReadOnlyList<string>? Workflows, IReadOnlyList<Guid>? Agents, string? Description)
{
    /// <summary>Of a change: whether events are sent.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Most characters of a description.</summary>
    private const int MaxDescription = 500;

    private const int MaxUrl = 2_000;
    private const int MaxListed = 100;

    /// <summary>All types of events that there are.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        .. Enum.GetValues<NoticeEvent>().Select(TypeOf).Order(StringComparer.Ordinal),
        .. new[] { WorkflowEventKind.Cancelled, WorkflowEventKind.Failed, WorkflowEventKind.RetriesExceeded, WorkflowEventKind.Succeeded }.Select(kind => $"workflow.{kind}"),
    ];

    /// <summary>Types as they are kept.</summary>
    public IReadOnlyList<string> EventTypes => Events is not { Count: > 0 } some ? Types : [.. some.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Names of workflows as they are kept.</summary>
    public IReadOnlyList<string> WorkflowNames => [.. (Workflows ?? []).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The type of an event that tells of a notice.</summary>
    public static string TypeOf(NoticeEvent notice) => $"notice.{EnumText.ToLower(notice)}";

    /// <summary>Null when all is well.</summary>
    /// <param name="isChange">What it does not say stays as it is.</param>
    /// <param name="known">Names of the workflows that there are.</param>
    /// <param name="hosts">Those that may be told without TLS.</param>
    public Refusal.Invalid? Check(bool isChange, IReadOnlyCollection<string> known, IReadOnlyCollection<string> hosts)
    {
        var errors = new Dictionary<string, string[]>();
        if (!(isChange && Url is null) && !IsTarget(hosts))
        {
            errors["url"] = [$"url must be an https address of up to {MaxUrl} characters, without a user and without #. http is for hosts that WEBHOOK_HOSTS names."];
        }

        if (Description is { } description && (description.Length > MaxDescription || !ForeignText.IsLine(description)))
        {
            errors["description"] = [$"description may have up to {MaxDescription} characters, in one line."];
        }

        if (Events?.Except(Types).FirstOrDefault() is { } type)
        {
            errors["events"] = [$"There is no event \"{ForeignText.Quote(type)}\". There are {string.Join(", ", Types)}."];
        }

        if (Workflows?.Except(known).FirstOrDefault() is { } workflow)
        {
            errors["workflows"] = [$"There is no workflow \"{ForeignText.Quote(workflow)}\". There are {string.Join(", ", known)}."];
        }

        if (Agents?.Count > MaxListed)
        {
            errors["agents"] = [$"agents may name up to {MaxListed}; leave it out for all."];
        }

        return errors.Count == 0 ? null : new Refusal.Invalid(errors);
    }

    private bool IsTarget(IReadOnlyCollection<string> hosts) =>
        Url is { Length: > 0 and <= MaxUrl } && ForeignText.IsLine(Url) && Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && url.Fragment.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && hosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase)));
}
