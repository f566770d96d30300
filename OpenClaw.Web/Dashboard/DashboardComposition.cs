using OpenClaw.Web.Dashboard.Forms;
using OpenClaw.Web.Dashboard.Live;
using OpenClaw.Web.Dashboard.Pages;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard;

/// <summary>The admin dashboard: pages rendered here, forms that work without script, and one stream that says when to look again.</summary>
internal static class DashboardComposition
{
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<AgentOutcomes>();
        services.AddSingleton<LivePulse>();
        services.AddSingleton<LiveTalk>();
        services.AddSingleton<SpendingView>();
    }

    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription().AddEndpointFilter(PrepareAsync);
        pages.MapOverview();
        pages.MapAgentPages();
        pages.MapWorkflowPages();
        pages.MapOperations();
        pages.MapSearch();
        pages.MapNoticePages();
        pages.MapInbox();
        pages.MapDevicePages();
        pages.MapKeyPages();
        pages.MapSpendingPages();
        pages.MapSchedulePages();
        pages.MapGet(Routes.Api, () => DashboardPage.Of<ApiPage>());
        pages.MapGet(Routes.Errors, () => DashboardPage.Of<ErrorsPage>());
        pages.MapGet(Routes.Root + "/{**rest}", () => DashboardPage.Missing("There is no page at this address."));

        var parts = routes.MapGroup("").ExcludeFromDescription();
        parts.MapGet(Routes.Assets + "/{name}", DashboardAssets.Serve).AllowAnonymous();
        parts.MapGet(Routes.Live, LiveEndpoint.StreamAsync);
        parts.MapPost(Routes.Preferences, Prefer).RequireScope(KeyScopes.Read);

        // An action that is refused may answer with its page.
        var actions = routes.MapGroup("").ExcludeFromDescription().AddEndpointFilter(PrepareAsync);
        actions.MapAgentActions();
        actions.MapWorkflowActions();
        actions.MapMessageActions();
        actions.MapNoticeActions();
        actions.MapDeviceActions();
        actions.MapKeyActions();
        actions.MapSpendingActions();
        actions.MapBrakeActions();
        actions.MapQuestionActions();
        actions.MapScheduleActions();
        actions.MapCommandBox();
        actions.MapViewActions();
    }

    private static ValueTask<object?> PrepareAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        call.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;

        // A page that only looks again must not use up what the person has yet to read.
        if (!call.HttpContext.Request.Headers.ContainsKey("X-Live"))
        {
            Notice.Take(call.HttpContext);
        }

        return next(call);
    }

    private static IResult Prefer(DashboardForm form)
    {
        Preferences.From(form.Fields, form.Context.Request).Keep(form.Context.Response);
        return form.Return(Links.Overview, "Your browser will remember that.");
    }
}
