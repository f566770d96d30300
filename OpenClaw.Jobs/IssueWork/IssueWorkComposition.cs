using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.IssueWork;

internal static class IssueWorkComposition
{
    public static void AddIssueWork(this IServiceCollection services)
    {
        services.TryAddSingleton<IssueWorkHandler>();
        services.TryAddSingleton<WorkProgress>();
        services.TryAddSingleton<ProgressHandler>();
        services.AddWorkflow(WorkOnIssueWorkflow.Definition);
    }
}
