using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Audit;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Brakes;
using OpenClaw.Web.Api.Commands;
using OpenClaw.Web.Api.Keys;
using OpenClaw.Web.Api.Notices;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Operations;
using OpenClaw.Web.Api.Questions;
using OpenClaw.Web.Api.Runs;
using OpenClaw.Web.Api.Schedules;
using OpenClaw.Web.Api.Spending;
using OpenClaw.Web.Api.Status;
using OpenClaw.Web.Api.Subscriptions;
using OpenClaw.Web.Api.Workflows;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Api;

/// <summary>The REST API.</summary>
internal static class ApiComposition
{
    public const string Root = "/api/v1";

    public static string WorkflowAddress(Guid uuid) => PublicAddress.Of($"{Root}/workflows/{uuid}");

    public static string AgentAddress(Guid id) => PublicAddress.Of($"{Root}/agents/{id}");

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<WorkflowWaiter>();
        services.AddSingleton<OperationAnswers>();
        services.AddSingleton<MessageAnswers>();
        services.AddSingleton<WorkflowOperations>();
        services.AddSingleton<WorkflowBulk>();
        services.AddSingleton<LogReading>();
        services.AddSingleton<OpenClawStatusReading>();
        services.AddOpenApiDocument();
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root).AddEndpointFilter<KnownParameters>();
        api.MapAgents();
        api.MapAgentHistory();
        api.MapConversations();
        api.MapWorkflows();
        api.MapRuns();
        api.MapCommands();
        api.MapOpenClawStatus();
        api.MapRetention();
        api.MapLogs();
        api.MapNotifications();
        api.MapKeys();
        api.MapAudit();
        api.MapSpending();
        api.MapBrakes();
        api.MapQuestions();
        api.MapSubscriptions();
        api.MapSchedules();
        routes.MapGatewayWorkflows();
        routes.MapOpenApi();
    }
}
