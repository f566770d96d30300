using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Agents.ChangingRuntime;
using OpenClaw.Jobs.Agents.Pausing;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Jobs.Notifications;
using OpenClaw.Jobs.Orchestration;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Jobs.Runtimes.Sessions;
using OpenClaw.Jobs.Scheduling;
using OpenClaw.Jobs.WhatsApp;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Jobs.Workflows.Definitions;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Ledger;
using OpenClaw.Jobs.Workflows.Recovery;
using OpenClaw.Jobs.Workflows.Runners;
using OpenClaw.Jobs.Workflows.Storage;

namespace OpenClaw.Jobs;

/// <summary>Registers all that runs agents. The host brings the data source, the DbContext, and Hangfire's client and storage.</summary>
public static class OpenClawJobsExtensions
{
    public static IServiceCollection AddOpenClawJobs(this IServiceCollection services, ExecutorIdentity executor)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(executor);
        services.AddWorkflowEngine();
        services.AddAgents();
        services.AddRuntimes();
        services.AddOrchestration();
        services.AddWhatsApp();
        return services;
    }

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

    // Of a pool of twenty: what is left is for requests, for the jobs of chained runs and for the loops.
    private const int DefaultPermits = 14;

    private static void AddWorkflowEngine(this IServiceCollection services)
    {
        services.TryAddSingleton<WorkflowLedger>();
        services.TryAddSingleton<WorkflowCatalog>();
        services.TryAddSingleton<WorkflowChain>();
        services.TryAddSingleton<WorkflowClient>();
        services.TryAddSingleton<WorkflowQueries>();
        services.TryAddSingleton<WorkflowDirectory>();
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
        services.AddHostedService<ExecutorHeart>();
        services.AddHostedService<RecoveryService>();
    }

    private static void AddAgents(this IServiceCollection services)
    {
        services.TryAddSingleton<DecisionMaker>();
        services.TryAddSingleton<AgentService>();
        services.TryAddSingleton<IRunCleanup, RunCleanup>();
        services.TryAddSingleton<RuntimeChange>();
        services.TryAddSingleton<QuietAgents>();
        services.AddSingleton<IWorkflowObserver>(provider => provider.GetRequiredService<QuietAgents>());
        services.TryAddSingleton<AgentQueries>();
        services.TryAddSingleton<AgentUsages>();
        services.TryAddSingleton<AgentDirectory>();
        services.TryAddSingleton<AuditQueries>();
        services.TryAddSingleton<MessageDirectory>();
        services.TryAddSingleton<AgentReader>();
        services.TryAddSingleton<MessageContexts>();
        services.TryAddSingleton<MessageRouter>();
        services.TryAddSingleton<OwnerNotifier>();
        services.TryAddSingleton<DevicePairing>();
        services.TryAddSingleton<NodePairing>();
        services.TryAddSingleton<Inbox>();
        services.AddJobs<MessageExpiry>("OpenClaw.Jobs.Messaging.MessageExpiry, OpenClaw.Jobs");
        services.TryAddSingleton<Sessions>();
        services.TryAddSingleton<SessionFacts>();
        services.TryAddSingleton<RunQueries>();
        services.TryAddSingleton<AgentNames>();
        services.TryAddSingleton<HeartbeatSweep>();
        services.TryAddSingleton<HeartbeatOutcome>();
        services.AddJobs<HeartbeatJobs>("OpenClaw.Jobs.Heartbeats.HeartbeatJobs, OpenClaw.Jobs");
        services.TryAddSingleton<PromptTimetable>();
        services.TryAddSingleton<PromptService>();
        services.TryAddSingleton<PromptQueries>();
        services.AddJobs<PromptJobs>("OpenClaw.Jobs.Scheduling.PromptJobs, OpenClaw.Jobs");
        services.TryAddSingleton<WorkflowMetrics>();
        services.TryAddSingleton<AgentWorkflows>();
        services.TryAddSingleton<OverviewQueries>();
        services.TryAddSingleton<RetentionPolicy>();
        services.TryAddSingleton<Retention>();
        services.TryAddSingleton<HealthLedger>();
        services.AddSingleton<IHealthProbe, DatabaseProbe>();
        services.AddSingleton<IHealthProbe, QueueProbe>();
        foreach (var what in new[] { Overdue.Work, Overdue.Heartbeats, Overdue.Messages })
        {
            services.AddSingleton<IHealthProbe>(provider => new OverdueProbe(provider.GetRequiredService<NpgsqlDataSource>(), what));
        }

        services.AddSingleton<IHealthProbe, RoutingProbe>();
        services.TryAddSingleton<CheckedRuntimes>();
        services.AddJobs<RoutingJobs>("OpenClaw.Jobs.Monitoring.Routing.RoutingJobs, OpenClaw.Jobs");
        services.AddWorkflow(RoutingWorkflow.Definition);
        services.AddHostedService<HeartbeatGuard>();
        services.AddHostedService<HealthService>();
        services.AddJobs<MonitoringJobs>("OpenClaw.Jobs.Monitoring.MonitoringJobs, OpenClaw.Jobs");
        services.AddHostedService<Recurring>();
        services.AddWorkflow(LifecycleWorkflows.Provision);
        services.AddWorkflow(LifecycleWorkflows.Pause);
        services.AddWorkflow(LifecycleWorkflows.Resume);
        services.AddWorkflow(LifecycleWorkflows.Stop);
        services.AddWorkflow(ChangeRuntimeWorkflow.Definition);
        services.AddWorkflow(HeartbeatWorkflow.Definition);
        services.AddWorkflow(RouteMessageWorkflow.Definition);
    }

    private static void AddRuntimes(this IServiceCollection services)
    {
        services.TryAddSingleton<RuntimeCatalog>();
        services.TryAddSingleton<DefaultModel>();
        services.TryAddSingleton<LiveReplies>();
        services.TryAddSingleton<TurnLeases>();
        services.TryAddSingleton<UsageLedger>();
        services.AddModelRuntimes();
        services.TryAddSingleton<SessionTurns>();
        services.TryAddSingleton<SessionChecks>();
        services.TryAddSingleton<SessionServers>();
        services.AddSingleton<IAgentRuntime, SessionRuntime>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAgentRuntime, LocalEchoRuntime>());
    }
}
