using System.Globalization;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Web.Dashboard.Parts;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>One page of runs.</summary>
/// <param name="Search">What was asked for, but for heartbeats.</param>
/// <param name="Agent">The agent's name or id as it was typed.</param>
/// <param name="Within">The time of the start as it stands in the address.</param>
/// <param name="Ended">The time of the end, likewise.</param>
/// <param name="Beats">Whether heartbeats are there, likewise; null leaves them out of a list without any filter.</param>
public sealed record WorkflowList(WorkflowSearch Search, string? Agent, string? Within, string? Ended, string? Beats)
{
    public const string BeatsShown = "shown";
    public const string BeatsHidden = "hidden";

    /// <summary>Runs are counted so far.</summary>
    public const int CountedTo = 1_000;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<WorkflowLine> Lines { get; init; } = [];

    /// <summary>On all pages; one more than <see cref="CountedTo"/> when there are more.</summary>
    public int Total { get; init; }

    public static readonly (string Name, string Text, TimeSpan Time) Day = ("24h", "the last 24 hours", TimeSpan.FromHours(24));

    public static readonly IReadOnlyList<(string Name, string Text, TimeSpan Time)> Times =
        [("1h", "the last hour", TimeSpan.FromHours(1)), Day, ("7d", "the last 7 days", TimeSpan.FromDays(7))];

    /// <summary>Lists that people want again and again.</summary>
    public static IReadOnlyList<(string Name, string Address)> Views =>
    [
        ("Failed today", Links.With(Links.Workflows, ("status", EnumText.ToLower(WorkflowStanding.Failed)), ("ended", Day.Name))),
        ("Under way", Links.With(Links.Workflows, ("status", EnumText.ToLower(WorkflowStanding.Open)))),
        ("Started in the last hour", Links.With(Links.Workflows, ("within", Times[0].Name))),
    ];

    public bool IsFiltered => Search is not { Text: null or "", Standings.Count: 0, Name: null, AgentId: null, Since: null, EndedSince: null, EndedIn: null };

    /// <summary>Beats are most of what runs; those that failed are always there.</summary>
    public bool HidesBeats => Search.Name is null && (Beats is BeatsHidden || (Beats is null && !IsFiltered));

    /// <summary>What is looked for.</summary>
    public WorkflowSearch Wanted => Search with { Without = HidesBeats ? HeartbeatWorkflow.Name : null };

    /// <summary>Null when this is the last page.</summary>
    public string? Next => Lines.Count < Search.Limit ? null : Address(Lines[^1].Workflow.WorkflowUuid);

    /// <summary>As it stands in the address.</summary>
    public string? Hour => Search.EndedIn is (var begin, { TotalHours: >= 1 }) ? begin.UtcDateTime.ToString(PageQuery.HourFormat, CultureInfo.InvariantCulture) : null;

    /// <summary>Of five minutes, likewise.</summary>
    public string? Minute => Search.EndedIn is (var begin, { TotalHours: < 1 }) ? begin.UtcDateTime.ToString(PageQuery.MinuteFormat, CultureInfo.InvariantCulture) : null;

    public string First => Address(before: null);

    /// <summary>The same list for one agent.</summary>
    public string Of(Guid agent) => (this with { Search = Search with { AgentId = agent } }).First;

    /// <summary>The filters that are set, and the list without each.</summary>
    public IEnumerable<(string Name, string Value, string Without)> Filters => Set
        .Where(filter => !string.IsNullOrEmpty(filter.Value)).Select(filter => (filter.Name, filter.Value!, filter.Without.First));

    private IEnumerable<(string Name, string? Value, WorkflowList Without)> Set =>
    [
        ("search", Search.Text, this with { Search = Search with { Text = null } }),
        ("workflow", Search.Name, this with { Search = Search with { Name = null } }),
        .. Search.Standings.Select(standing => ("status", (string?)Say.Name(standing), this with { Search = Search with { Standings = [.. Search.Standings.Where(other => other != standing)] } })),
        ("started within", Within, this with { Within = null }),
        ("ended within", Ended, this with { Ended = null }),
        ("ended in the hour", Hour is null ? null : $"{Hour} UTC", this with { Search = Search with { EndedIn = null } }),
        ("ended in the 5 minutes from", Minute is null ? null : $"{Minute} UTC", this with { Search = Search with { EndedIn = null } }),
        ("agent", Search.AgentId is null ? null : Agent, this with { Search = Search with { AgentId = null } }),
        ("heartbeats", HidesBeats ? "left out" : null, this with { Beats = BeatsShown }),
    ];

    /// <summary>From the newest with another number of rows.</summary>
    public string Sized(int size) => (this with { Search = Search with { Limit = size } }).First;

    private string Address(Guid? before) => Links.With(
        Links.Workflows,
        [
            ("q", Search.Text),
            ("name", Search.Name),
            .. Search.Standings.Select(standing => ("status", (string?)EnumText.ToLower(standing))),
            ("agent", Search.AgentId?.ToString()),
            ("within", Within),
            ("ended", Ended),
            ("hour", Hour),
            ("minute", Minute),
            ("beats", Beats),
            ("size", PageSizes.Written(Search.Limit)),
            ("before", before?.ToString()),
        ]);
}
