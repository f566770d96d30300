using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Engine.Recovery;
using OpenClaw.Jobs.Engine.Runners;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Jobs.Engine;

public static class EngineComposition
{
    // Of a pool of twenty: what is left is for requests, for the jobs of chained runs and for the loops.
    private const int DefaultPermits = 14;

    /// <summary>Makes a workflow known; every version that may still have runs under way must stay registered.</summary>
    public static IServiceCollection AddWorkflow(this IServiceCollection services, WorkflowDefinition definition) =>
        services.AddSingleton(definition);

    /// <summary>Lets Hangfire call the class.</summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="storedAs">The name by which databases know it, wherever it is now: <c>Namespace.Class, Assembly</c>.</param>
    public static IServiceCollection AddJobs<TJobs>(this IServiceCollection services, string storedAs)
        where TJobs : class
    {
        JobTypes.Allow(typeof(TJobs), storedAs);
        services.TryAddTransient<TJobs>();
        return services;
    }

    internal static void AddEngine(this IServiceCollection services)
    {
        services.TryAddSingleton<WorkflowLedger>();
        services.TryAddSingleton<WorkflowCatalog>();
        services.TryAddSingleton<WorkflowChain>();
        services.TryAddSingleton<WorkflowClient>();
        services.TryAddSingleton<WorkflowQueries>();
        services.TryAddSingleton<WorkflowListQueries>();
        services.TryAddSingleton<WorkflowHooksRunner>();
        services.TryAddSingleton<RunningWorkflows>();
        services.TryAddSingleton(new WorkPermits(DefaultPermits));
        services.TryAddSingleton<InlineRunners>();
        services.AddJobs<RunnerJobs>("OpenClaw.Jobs.Workflows.Runners.RunnerJobs, OpenClaw.Jobs");
        services.TryAddSingleton<StepRunner>();
        services.TryAddSingleton<StepExecution>();
        services.TryAddSingleton<StepGroup>();
        services.TryAddSingleton<SpoiledSessions>();
        services.TryAddSingleton<StepFailures>();
        services.TryAddSingleton<WorkflowObservers>();
        services.TryAddSingleton<StepOutcomeFilter>();
        services.TryAddSingleton<IOperatorActions, HangfireOperatorActions>();
        services.AddJobs<WorkflowJobs>("OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs");
        services.TryAddSingleton<WorkflowCompletions>();
        services.AddSingleton<IWorkflowObserver>(provider => provider.GetRequiredService<WorkflowCompletions>());
        services.TryAddSingleton<EngineJobs>();
        services.TryAddSingleton<Reconciler>();
        services.TryAddSingleton<WorkflowMetrics>();
        services.TryAddSingleton<WorkflowSeries>();
        services.AddHostedService<ExecutorHeartbeat>();
        services.AddHostedService<RecoveryService>();
    }
}
