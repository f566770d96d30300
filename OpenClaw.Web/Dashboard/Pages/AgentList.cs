using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Web.Dashboard.Parts;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>One page of agents.</summary>
public sealed record AgentList(AgentSearch Search, IReadOnlyList<AgentSummary> Agents, int Total, int Page)
{
    /// <summary>The only word for another direction.</summary>
    public const string Reversed = "reversed";

    // As far as an offset reaches.
    public const int LastPage = int.MaxValue / PageSizes.Most;

    public bool IsFiltered => Search.Statuses.Count > 0 || !string.IsNullOrWhiteSpace(Search.Text);

    public int Pages => Math.Max(1, (Total + Search.Limit - 1) / Search.Limit);

    public string Address(int page) => Links.With(
        Links.Agents,
        [
            ("q", Search.Text),
            .. Search.Statuses.Select(status => ("status", (string?)EnumText.ToLower(status))),
            ("sort", Search.Sort is AgentSort.Newest ? null : EnumText.ToLower(Search.Sort)),
            ("order", Search.Reversed ? Reversed : null),
            ("size", PageSizes.Written(Search.Limit)),
            ("page", page == 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ]);

    /// <summary>The filters that are set, and the list without each.</summary>
    public IEnumerable<(string Name, string Value, string Without)> Filters
    {
        get
        {
            if (!string.IsNullOrWhiteSpace(Search.Text))
            {
                yield return ("search", Search.Text, (this with { Search = Search with { Text = null } }).Address(1));
            }

            foreach (var status in Search.Statuses)
            {
                yield return ("status", Say.Name(status), (this with { Search = Search with { Statuses = [.. Search.Statuses.Where(other => other != status)] } }).Address(1));
            }
        }
    }

    /// <summary>From the beginning in another order.</summary>
    public string Ordered(AgentSort sort, bool reversed) => (this with { Search = Search with { Sort = sort, Reversed = reversed } }).Address(1);

    /// <summary>From the beginning with another number of rows.</summary>
    public string Sized(int size) => (this with { Search = Search with { Limit = size } }).Address(1);
}
