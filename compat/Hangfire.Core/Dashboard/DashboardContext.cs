using System.Text.RegularExpressions;

namespace Hangfire.Dashboard;

public abstract class DashboardContext
{
    private readonly Lazy<bool> _isReadOnly;

    protected DashboardContext(JobStorage storage, DashboardOptions options)
    {
        Storage = storage;
        Options = options;
        _isReadOnly = new(() => options.IsReadOnlyFunc(this));
    }

    public JobStorage Storage { get; }
    public DashboardOptions Options { get; }
    public DashboardRequest Request { get; protected set; } = null!;
    public DashboardResponse Response { get; protected set; } = null!;
    public Match UriMatch { get; set; } = Match.Empty;
    public bool IsReadOnly => _isReadOnly.Value;

    public string? AntiforgeryHeader { get; set; }
    public string? AntiforgeryToken { get; set; }
    internal string? AntiforgeryField { get; set; }
    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Sets the antiforgery properties where the host has such protection.</summary>
    internal virtual void IssueAntiforgeryToken()
    {
    }

    public virtual IBackgroundJobClient GetBackgroundJobClient() => new BackgroundJobClient(Storage);
    public virtual IRecurringJobManager GetRecurringJobManager() => new RecurringJobManager(Storage);
}
