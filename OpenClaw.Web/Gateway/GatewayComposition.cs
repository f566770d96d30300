using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Conversations;
using OpenClaw.Web.Gateway.Devices;
using OpenClaw.Web.Gateway.Http;
using OpenClaw.Web.Gateway.Inboxes;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Nodes;
using OpenClaw.Web.Gateway.Questions;
using OpenClaw.Web.Gateway.Runs;
using OpenClaw.Web.Gateway.Schedules;
using OpenClaw.Web.Gateway.Workers;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway;

/// <summary>The OpenClaw gateway: WebSocket at <c>/</c> and <c>/ws</c>, and HTTP beside it, on the port of everything else.</summary>
internal static class GatewayComposition
{
    public static void AddGateway(this IServiceCollection services, OpenClawOptions options)
    {
        services.AddSingleton(options.HookMappings);
        services.AddSingleton(new GatewayLimits());
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton<ConnectDoor>();
        services.AddSingleton<DeviceTokens>();
        services.AddSingleton<DeviceNews>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceNews>());
        services.AddHostedService<KeyWatch>();
        services.AddSingleton<NodeRegistry>();
        services.AddSingleton<NodeInvoker>();
        services.AddSingleton<NodeRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeRelay>());
        services.AddSingleton<GatewayHub>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewayHub>());
        services.AddSingleton<GatewayHealth>();
        services.AddSingleton<IHealthProbe, GatewayProbe>();
        services.AddSingleton<GatewayHello>();
        services.AddSingleton<GatewayMethods>();
        services.AddSingleton<GatewayBeats>();
        services.AddSingleton<GatewayRuns>();
        services.AddSingleton<FirstAgent>();
        services.AddSingleton<TargetResolver>();
        services.AddSingleton<SessionAliases>();
        services.AddSingleton<SessionNews>();
        services.AddSingleton<SessionRows>();
        services.AddSingleton<SessionTargets>();
        services.AddSingleton<RequestRunner>();
        services.AddSingleton<RunFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<RunFeed>());
        services.AddSingleton<HookRuns>();
        services.AddSingleton<PresenceLedger>();
        services.AddSingleton<RoutedMessages>();
        services.AddSingleton<InboxSender>();
        services.AddHostedService(provider => provider.GetRequiredService<InboxSender>());
        services.AddSingleton<WorkerTurnSender>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkerTurnSender>());
        services.AddSingleton<BeatJobs>();
        services.AddSingleton<ScheduleReader>();
        services.AddSingleton<ScheduleCronJobs>();
        services.AddHostedService<NodeNews>();
        services.AddSingleton<IWorkflowObserver>(provider => provider.GetRequiredService<RunFeed>());
        services.AddSingleton<HeartbeatFeed>();
        services.AddSingleton<IWorkflowObserver>(provider => provider.GetRequiredService<HeartbeatFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<HeartbeatFeed>());
        services.AddSingleton<IGatewayMethods, SystemMethods>();
        services.AddSingleton<IGatewayMethods, AgentMethods>();
        services.AddSingleton<IGatewayMethods, LifecycleMethods>();
        services.AddSingleton<IGatewayMethods, RunMethods>();
        services.AddSingleton<IGatewayMethods, ChatMethods>();
        services.AddSingleton<IGatewayMethods, SessionMethods>();
        services.AddSingleton<IGatewayMethods, SessionChangeMethods>();
        services.AddSingleton<IGatewayMethods, SessionReadMethods>();
        services.AddSingleton<IGatewayMethods, ScheduleMethods>();
        services.AddSingleton<IGatewayMethods, WorkflowMethods>();
        services.AddSingleton<IGatewayMethods, MessageMethods>();
        services.AddSingleton<IGatewayMethods, RuntimeMethods>();
        services.AddSingleton<IGatewayMethods, CommandMethods>();
        services.AddSingleton<ModelListings>();
        services.AddSingleton<ReplyDelivery>();
        services.AddSingleton<QueueCommand>();
        services.AddSingleton<SlashCommands>();
        services.AddSingleton<CronFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<CronFeed>());
        services.AddHostedService<HealthFeed>();
        services.AddSingleton<IGatewayMethods, LogMethods>();
        services.AddSingleton<IGatewayMethods, UsageMethods>();
        services.AddSingleton<IGatewayMethods, AuditMethods>();
        services.AddSingleton<IGatewayMethods, AbsentMethods>();
        services.AddSingleton<IGatewayMethods, QuestionMethods>();
        services.AddSingleton<QuestionRecords>();
        services.AddSingleton<QuestionFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<QuestionFeed>());
        services.AddSingleton<IGatewayMethods, ModelMethods>();
        services.AddSingleton<IGatewayMethods, DeviceMethods>();
        services.AddSingleton<IGatewayMethods, DeviceScopeMethods>();
        services.AddSingleton<IGatewayMethods, DeviceSetupMethods>();
        services.AddSingleton<IGatewayMethods, NodePairMethods>();
        services.AddSingleton<IGatewayMethods, NodeMethods>();
    }

    /// <summary>Takes WebSocket requests out before sign-in: on this wire the token comes in the first frame.</summary>
    public static void UseGateway(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<GatewayLimits>();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = limits.Ping, KeepAliveTimeout = limits.Ping });
        app.Use((context, next) => context.WebSockets.IsWebSocketRequest && context.Request.Path.Value is "/" or "/ws" ? ServeAsync(context) : next(context));
    }

    public static void MapGateway(this IEndpointRouteBuilder routes)
    {
        routes.MapModels();
        routes.MapHooks();
        routes.MapMessages();
    }

    private static async Task ServeAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (!HostGuard.IsPageOfOurs(context.Request, services.GetRequiredService<OpenClawOptions>()))
        {
            await ProblemResult.Of(StatusCodes.Status403Forbidden, "foreign_origin", "Pages of this origin may not connect. If they are to, name it in CORS_ORIGINS.").ExecuteAsync(context);
            return;
        }

        using var pass = await services.GetRequiredService<ConnectionGate>().EnterAsync(context.Connection.RemoteIpAddress, context.RequestAborted);
        if (pass is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "5";
            await context.Response.WriteAsync("Too many connections; come back in a few seconds.", context.RequestAborted);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new GatewayConnection(
            socket, services.GetRequiredService<GatewayHub>(), services.GetRequiredService<GatewayHello>(), services.GetRequiredService<RequestRunner>(),
            services.GetRequiredService<ConnectDoor>(), ConnectPeer.Of(context), services.GetRequiredService<GatewayLimits>(), pass,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<GatewayConnection>>());
        await connection.RunAsync(context.RequestAborted);
    }
}
