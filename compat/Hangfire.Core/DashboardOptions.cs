using Hangfire.Common;
using Hangfire.Dashboard;

namespace Hangfire;

public class DashboardOptions
{
    public string? AppPath { get; set; } = "/";
    public string? PrefixPath { get; set; } = "";
    public string DashboardTitle { get; set; } = "Hangfire Dashboard";
    public bool DarkModeEnabled { get; set; } = true;
    public int DefaultRecordsPerPage { get; set; } = 20;
    public Func<DashboardContext, Job, string>? DisplayNameFunc { get; set; }
    public bool DisplayStorageConnectionString { get; set; } = true;
    public bool IgnoreAntiforgeryToken { get; set; }
    public Func<DashboardContext, bool> IsReadOnlyFunc { get; set; } = _ => false;
    public TimeSpan ServerPossiblyAbortedThreshold { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Milliseconds between two refreshes of the live counters.</summary>
    public int StatsPollingInterval { get; set; } = 2000;

    /// <summary>Every filter must agree. The default lets in only requests from this machine.</summary>
    public IEnumerable<IDashboardAuthorizationFilter> Authorization { get; set; } = [new LocalRequestsOnlyAuthorizationFilter()];

    public IEnumerable<IDashboardAsyncAuthorizationFilter> AsyncAuthorization { get; set; } = [];
}
