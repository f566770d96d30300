using System.Globalization;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Engine;
using OpenClaw.Web.Dashboard.Parts;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>One page of runs.</summary>
/// <param name="Search">What was asked for.</param>
/// <param name="Agent">The agent's name or id as it was typed.</param>
/// <param name="Within">The time of the start as it stands in the address.</param>
/// <param name="Ended">The time of the end, likewise.</param>
/// <param name="Lines">Newest first.</param>
public sealed record WorkflowList(WorkflowSearch Search, string? Agent, string? Within, string? Ended, IReadOnlyList<WorkflowLine> Lines)
{
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

    public bool IsFiltered => Search is not { Text: null or "", Standing: null, Name: null, AgentId: null, Since: null, EndedSince: null, EndedIn: null, Before: null };

    /// <summary>Null when this is the last page.</summary>
    public string? Next => Lines.Count < Search.Limit ? null : Address(Lines[^1].Workflow.WorkflowUuid);

    /// <summary>As it stands in the address.</summary>
    public string? Hour => Search.EndedIn?.UtcDateTime.ToString(PageQuery.HourFormat, CultureInfo.InvariantCulture);

    public string First => Address(before: null);

    /// <summary>The same list for one agent.</summary>
    public string Of(Guid agent) => (this with { Search = Search with { AgentId = agent } }).First;

    /// <summary>The filters that are set, and the list without each.</summary>
    public IEnumerable<(string Name, string Value, string Without)> Filters => new (string Name, string? Value, WorkflowList Without)[]
    {
        ("search", Search.Text, this with { Search = Search with { Text = null } }),
        ("workflow", Search.Name, this with { Search = Search with { Name = null } }),
        ("status", Search.Standing is { } standing ? Say.Name(standing) : null, this with { Search = Search with { Standing = null } }),
        ("started within", Within, this with { Within = null }),
        ("ended within", Ended, this with { Ended = null }),
        ("ended in the hour", Search.EndedIn is null ? null : $"{Hour} UTC", this with { Search = Search with { EndedIn = null } }),
        ("agent", Search.AgentId is null ? null : Agent, this with { Search = Search with { AgentId = null } }),
    }.Where(filter => !string.IsNullOrEmpty(filter.Value)).Select(filter => (filter.Name, filter.Value!, filter.Without.First));

    /// <summary>From the newest with another number of rows.</summary>
    public string Sized(int size) => (this with { Search = Search with { Limit = size } }).First;

    private string Address(Guid? before) => Links.With(
        Links.Workflows,
        ("q", Search.Text),
        ("name", Search.Name),
        ("status", Search.Standing is { } standing ? EnumText.ToLower(standing) : null),
        ("agent", Search.AgentId?.ToString()),
        ("within", Within),
        ("ended", Ended),
        ("hour", Hour),
        ("size", PageSizes.Written(Search.Limit)),
        ("before", before?.ToString()));
}
