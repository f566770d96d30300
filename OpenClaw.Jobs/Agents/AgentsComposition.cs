using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Agents.ChangingRuntime;
using OpenClaw.Jobs.Agents.Pausing;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;

namespace OpenClaw.Jobs.Agents;

internal static class AgentsComposition
{
    public static void AddAgents(this IServiceCollection services)
    {
        services.TryAddSingleton<AgentService>();
        services.TryAddSingleton<IRunCleanup, RunCleanup>();
        services.TryAddSingleton<RuntimeChange>();
        services.TryAddSingleton<OperationWaker>();
        services.AddSingleton<IWorkflowObserver>(provider => provider.GetRequiredService<OperationWaker>());
        services.TryAddSingleton<AgentQueries>();
        services.TryAddSingleton<AgentListQueries>();
        services.TryAddSingleton<AgentLookup>();
        services.TryAddSingleton<AgentMentions>();
        services.TryAddSingleton<AgentPauser>();
        services.TryAddSingleton<RuntimeAgentQueries>();
        services.TryAddSingleton<UsageQueries>();
        services.AddWorkflow(LifecycleWorkflows.Provision);
        services.AddWorkflow(LifecycleWorkflows.Pause);
        services.AddWorkflow(LifecycleWorkflows.Resume);
        services.AddWorkflow(LifecycleWorkflows.Stop);
        services.AddWorkflow(ChangeRuntimeWorkflow.Definition);
    }
}
