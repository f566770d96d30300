using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Monitoring.Auditing;

namespace OpenClaw.Jobs.Monitoring;

internal static class MonitoringComposition
{
    public static void AddMonitoring(this IServiceCollection services)
    {
        services.TryAddSingleton<AuditQueries>();
        services.TryAddSingleton<AuditWriter>();
        services.TryAddSingleton<AuditSeals>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditSeals>());
        services.TryAddSingleton<AgentWorkflows>();
        services.TryAddSingleton<OverviewQueries>();
        services.TryAddSingleton<StandingQueries>();
        services.TryAddSingleton<WorkflowStories>();
        services.TryAddSingleton<RetentionPolicy>();
        services.TryAddSingleton<Retention>();
        services.TryAddSingleton<HealthLedger>();
        services.AddSingleton<IHealthProbe, DatabaseProbe>();
        services.AddSingleton<IHealthProbe, QueueProbe>();
        foreach (var what in new[] { Overdue.Work, Overdue.Heartbeats, Overdue.Messages })
        {
            services.AddSingleton<IHealthProbe>(provider => new OverdueProbe(provider.GetRequiredService<NpgsqlDataSource>(), what));
        }

        services.AddHostedService<HealthService>();
        services.TryAddSingleton<LostNodes>();
        services.AddHostedService(provider => provider.GetRequiredService<LostNodes>());
        services.AddJobs<MonitoringJobs>("OpenClaw.Jobs.Monitoring.MonitoringJobs, OpenClaw.Jobs");
    }
}
