using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Orchestration.Work;

namespace OpenClaw.Jobs.Orchestration;

internal static class OrchestrationExtensions
{
    /// <summary>Commands of people, and the work on issues that comes of them.</summary>
    public static void AddOrchestration(this IServiceCollection services)
    {
        services.TryAddSingleton<AgentFinder>();
        services.TryAddSingleton<CommandLog>();
        services.TryAddSingleton<CommandActions>();
        services.TryAddSingleton<SwarmReports>();
        services.TryAddSingleton<WorkflowRetries>();
        services.TryAddSingleton<Quiet>();
        services.TryAddSingleton<HaltCommand>();
        services.TryAddSingleton<DeviceCommands>();
        services.TryAddSingleton<WorkDesk>();
        services.TryAddSingleton<WorkProgress>();
        services.TryAddSingleton<ProgressDesk>();
        services.TryAddSingleton<FreeLanguage>();
        services.TryAddSingleton<CommandDesk>();
        services.TryAddSingleton<ICommandDesk>(provider => provider.GetRequiredService<CommandDesk>());
        services.AddWorkflow(WorkOnIssueWorkflow.Definition);
    }
}
