using System.Globalization;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Pages;

/// <summary>What a page reads from: the request, the options, and the storage.</summary>
internal sealed class PageContext(DashboardContext dashboard)
{
    private readonly Lazy<IMonitoringApi> _monitor = new(dashboard.Storage.GetMonitoringApi);
    private readonly Lazy<StatisticsDto> _statistics = new(() => dashboard.Storage.GetMonitoringApi().GetStatistics());

    public DashboardContext Dashboard => dashboard;
    public DashboardOptions Options => dashboard.Options;
    public JobStorage Storage => dashboard.Storage;
    public IMonitoringApi Monitor => _monitor.Value;
    public StatisticsDto Statistics => _statistics.Value;
    public bool IsReadOnly => dashboard.IsReadOnly;
    public string Path { get; } = dashboard.Request.Path is { Length: > 1 } path ? path.TrimEnd('/') : "/";
    public DateTime Now { get; } = dashboard.Clock.GetUtcNow().UtcDateTime;

    public string Url(string path) => dashboard.Url(path);

    public string Route(string name) => dashboard.UriMatch.Groups[name].Value;

    public string? Query(string name) => dashboard.Request.GetQuery(name);

    public int QueryInt(string name, int fallback, int max) =>
        int.TryParse(Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= max ? value : fallback;

    public Paging Paging => new(
        QueryInt("from", fallback: 0, max: int.MaxValue - Paging.MaxCount),
        Math.Max(1, QueryInt("count", Options.DefaultRecordsPerPage, Paging.MaxCount)));
}
