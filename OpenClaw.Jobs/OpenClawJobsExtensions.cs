using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Commands;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.IssueWork;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Questions;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runaways;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Jobs.Spending;
using OpenClaw.Jobs.SqlDoor;
using OpenClaw.Jobs.Subscriptions;

namespace OpenClaw.Jobs;

/// <summary>Registers all that runs agents, feature by feature. The host brings the data source, the DbContext, and Hangfire's client and storage.</summary>
public static class OpenClawJobsExtensions
{
    public static IServiceCollection AddOpenClawJobs(this IServiceCollection services, ExecutorIdentity executor)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(executor);
        services.AddEngine();
        services.AddRequests();
        services.AddAgents();
        services.AddMessages();
        services.AddDevices();
        services.AddHeartbeats();
        services.AddSchedules();
        services.AddMonitoring();
        services.AddRoutingChecks();
        services.AddHostedService<Recurring>();
        services.AddRuntimes();
        services.AddSpending();
        services.AddRunaways();
        services.AddBrakes();
        services.AddCommands();
        services.AddIssueWork();
        services.AddWhatsApp();
        services.AddNotices();
        services.AddQuestions();
        services.AddSqlDoor();
        services.AddSubscriptions();
        return services;
    }
}
