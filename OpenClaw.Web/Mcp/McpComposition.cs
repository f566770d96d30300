using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Mcp.Tools;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Mcp;

/// <summary>The service for programs that speak the Model Context Protocol (streamable HTTP), with the keys, owners, refusals and audit of the REST API.</summary>
internal static class McpComposition
{
    public const string Path = "/mcp";

    // Of clients of the older protocol; beyond it the one that rested longest begins anew.
    private const int MostSessions = 1_000;

    private static readonly TimeSpan SessionRests = TimeSpan.FromHours(12);

    public static void AddMcp(this IServiceCollection services)
    {
        services.AddSingleton<ToolServer>();
        services.AddSingleton<OperationAnswer>();
        services.AddSingleton<AgentNames>();
        services.AddSingleton<IToolbox, AgentTools>();
        services.AddSingleton<IToolbox, LifecycleTools>();
        services.AddSingleton<IToolbox, MessageTools>();
        services.AddSingleton<IToolbox, WorkflowTools>();
        services.AddSingleton<IToolbox, WorkflowChangeTools>();
        services.AddSingleton<IToolbox, FigureTools>();
        services.AddSingleton<IToolbox, ScheduleTools>();
        services.AddSingleton<IToolbox, ScheduleRunTools>();
        services.AddSingleton<IToolbox, BrakeTools>();
        services.AddSingleton<IToolbox, QuestionTools>();
        services.AddSingleton<IToolbox, SubscriptionTools>();
        services.AddSingleton<IToolbox, SubscriptionChangeTools>();
        services.AddSingleton<IToolbox, KeyTools>();
        services.AddSingleton<IToolbox, SpendingTools>();
        services.AddSingleton<IToolbox, BudgetTools>();
        services.AddSingleton<IToolbox, NoticeTools>();
        services.AddSingleton<IToolbox, CommandTools>();
        services.AddSingleton<IToolbox, ServiceTools>();
        services.AddOptions<McpServerOptions>().Configure<ToolServer>((options, tools) => tools.Serve(options));
        services.AddMcpServer().WithHttpTransport(transport =>
        {
            transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients;
#pragma warning disable MCP9006 // Most clients speak revisions with sessions, and only these can ask them questions (docs/decisions/0012).
            transport.SessionMigrationHandler = new SessionRevival();
            transport.IdleTimeout = SessionRests;
            transport.MaxIdleSessionCount = MostSessions;
#pragma warning restore MCP9006
        });
    }

    /// <summary>POST and DELETE. A GET, which would hold a connection for messages that this service has none of, is answered 405, as the protocol provides.</summary>
    public static void MapMcp(this WebApplication app) =>
        app.MapMethods(Path, [HttpMethods.Post, HttpMethods.Delete], new PackageRoutes(app.Services).HandleAsync).WithDisplayName("MCP").RequireScope(KeyScopes.Read).ExcludeFromDescription();
}
