using System.Globalization;
using Hangfire.Common;
using Hangfire.Dashboard;

namespace Hangfire;

/// <summary>Names a job in the dashboard; <c>{0}</c>, <c>{1}</c> … stand for its arguments.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class JobDisplayNameAttribute(string displayName) : Attribute
{
    public string DisplayName { get; } = displayName;

    public virtual string Format(DashboardContext context, Job job) =>
        string.Format(CultureInfo.CurrentCulture, DisplayName, [.. job.Args]);
}
