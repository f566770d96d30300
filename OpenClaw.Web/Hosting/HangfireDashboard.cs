using System.Net;
using Hangfire;
using Hangfire.Common;
using Hangfire.Dashboard;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Hosting;

/// <summary>Hangfire's own dashboard behind our sign-in, with our antiforgery token and a Content-Security-Policy of its own.</summary>
internal static class HangfireDashboard
{
    // Each job's page has empty style attributes.
    private const string EmptyStyle = "'unsafe-hashes' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

    // Chart.js writes a <style> of its own into the pages with graphs. After an update of Hangfire the browser's console
    // names the hash that is wanted, and HangfireDashboardTests fail with it.
    private const string ChartStyle = "'sha256-z7zcnw/4WalZqx+PrNaRnoeLz/G9WXuFqV1WCJ129sg='";

    // Otherwise Hangfire 1.8.25 needs its own script, style sheets and fonts, our icon, and its own address for the numbers.
    private const string Policy =
        $"default-src 'none'; script-src 'self'; style-src 'self' {EmptyStyle} {ChartStyle}; font-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    // Hangfire keeps renderers in a list of the process and cannot take one back: two applications in one process share this one.
    private static readonly Lazy<IGlobalConfiguration> WorkflowLink =
        new(() => GlobalConfiguration.Configuration.UseJobDetailsRenderer(order: 0, RenderWorkflowLink));

    public static void MapHangfireDashboard(this WebApplication app)
    {
        _ = WorkflowLink.Value;
        IEndpointRouteBuilder endpoints = app;
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UsePathBase(Links.Jobs);
        pipeline.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return next(context);
        });

        // With antiforgery Hangfire writes the token into its pages, demands it of programs too, which have none (changes of
        // browsers are BrowserRequestGuard's in any case), and forbids the browser to keep its script of 400 KB.
        pipeline.MapWhen(
            context => context.User.IsBrowser() && !IsAsset(context.Request.Path), browser => browser.UseDashboard(Options(antiforgery: true)));
        pipeline.UseDashboard(Options(antiforgery: false));
        endpoints.Map(Links.Jobs + "/{**path}", pipeline.Build()).WithDisplayName("Hangfire dashboard");
    }

    private static void UseDashboard(this IApplicationBuilder app, DashboardOptions options)
    {
        var services = app.ApplicationServices;
        app.UseMiddleware<AspNetCoreDashboardMiddleware>(
            services.GetRequiredService<JobStorage>(), options, services.GetRequiredService<Hangfire.Dashboard.RouteCollection>());

        // The end of an endpoint's pipeline is an exception otherwise.
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    // Their names carry a version: /js18250…, /css18250…, /css-dark18250….
    private static bool IsAsset(PathString path) =>
        path.StartsWithSegments("/fonts") || path.Value is ['/', 'j', 's', >= '0' and <= '9', ..] or ['/', 'c', 's', 's', ..];

    private static DashboardOptions Options(bool antiforgery) => new()
    {
        // Who may come in is for the policy of all endpoints.
        Authorization = [],
        DashboardTitle = "OpenClaw jobs",
        AppPath = Links.Overview,
        FaviconPath = DashboardAssets.Address("icon.svg"),
        DisplayStorageConnectionString = false,
        IgnoreAntiforgeryToken = !antiforgery,

        // Servers report each 10 s, and are taken off after a minute.
        ServerPossiblyAbortedThreshold = TimeSpan.FromSeconds(30),
    };

    private static NonEscapedString RenderWorkflowLink(JobDetailsRendererDto details) => new(
        WorkflowOf(details.JobDetails.Job) is { } workflow
            ? $"""<p><a class="btn btn-default" href="{WebUtility.HtmlEncode(Links.Workflow(workflow))}">Workflow {workflow}</a></p>"""
            : "");

    private static Guid? WorkflowOf(Job? job) =>
        job?.Type == typeof(WorkflowJobs) && job.Args is [var first, ..] && Guid.TryParse($"{first}", out var workflow) ? workflow : null;
}
