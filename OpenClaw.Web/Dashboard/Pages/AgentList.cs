using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Agents;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>One page of agents.</summary>
public sealed record AgentList(AgentSearch Search, IReadOnlyList<AgentSummary> Agents, int Total, int Page)
{
    public const int PageSize = 50;

    // As far as an offset reaches.
    public const int LastPage = int.MaxValue / PageSize;

    public bool IsFiltered => Search.Status is not null || !string.IsNullOrWhiteSpace(Search.Text);

    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public string Address(int page) => Links.With(
        Links.Agents,
        ("q", Search.Text),
        ("status", Search.Status is { } status ? EnumText.ToLower(status) : null),
        ("sort", Search.Sort is AgentSort.Newest ? null : EnumText.ToLower(Search.Sort)),
        ("page", page == 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
