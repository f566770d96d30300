using System.ComponentModel;
using System.Reflection;
using Hangfire.Common;
using Hangfire.Dashboard.Pages;
using Hangfire.Storage;

namespace Hangfire.Dashboard.Components;

internal static class JobName
{
    public static Html Link(PageContext context, string id, Job? job, InvocationData? data) =>
        Html.Of($"""<a href="{context.Url($"/jobs/details/{Uri.EscapeDataString(id)}")}">{Of(context, job, data)}</a>""");

    public static Html IdLink(PageContext context, string id) =>
        Html.Of($"""<a href="{context.Url($"/jobs/details/{Uri.EscapeDataString(id)}")}">#{id}</a>""");

    public static string Of(PageContext context, Job? job, InvocationData? data) =>
        job is not null ? Given(context.Dashboard, job) ?? $"{Friendly(job.Type)}.{job.Method.Name}"
        : data is not null ? $"{Short(data.Type)}.{data.Method}"
        : "A job whose data is gone";

    /// <summary>The name that the application gave; a faulty format string must not take the page down.</summary>
    private static string? Given(DashboardContext context, Job job)
    {
        try
        {
            return context.Options.DisplayNameFunc?.Invoke(context, job)
                ?? job.Method.GetCustomAttribute<JobDisplayNameAttribute>()?.Format(context, job)
                ?? job.Method.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Friendly(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Friendly))}>"
        : type.Name;

    /// <summary>The bare name out of <c>Some.Namespace.Type, Assembly, Version=…</c>.</summary>
    private static string Short(string typeName)
    {
        var name = typeName.Split(',', 2)[0];
        return name[(name.LastIndexOf('.') + 1)..];
    }
}
