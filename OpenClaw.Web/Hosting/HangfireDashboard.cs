using System.Net;
using Hangfire;
using Hangfire.Dashboard;
using Hangfire.States;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Runners;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

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
    private static readonly Lazy<IGlobalConfiguration> Details =
        new(() => GlobalConfiguration.Configuration.UseJobDetailsRenderer(order: 0, RenderDetails));

    public static void MapHangfireDashboard(this WebApplication app)
    {
        _ = Details.Value;
        IEndpointRouteBuilder endpoints = app;
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UsePathBase(Routes.Jobs);
        pipeline.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return next(context);
        });
        pipeline.Use(RefuseWhatItCannotReadAsync);

        // With antiforgery Hangfire writes the token into its pages, demands it of programs too, which have none (changes of
        // browsers are BrowserRequestGuard's in any case), and forbids the browser to keep its script of 400 KB.
        pipeline.Run(context => ShowAsync(context, antiforgery: context.User.IsBrowser() && !IsAsset(context.Request.Path)));
        endpoints.Map(Routes.Jobs + "/{**path}", pipeline.Build()).WithDisplayName("Hangfire dashboard").RequireScope(KeyScopes.Admin).OfHouseAlone();
    }

    // Hangfire answers any method with its pages, and fails on ids and forms that it cannot read.
    private static async Task RefuseWhatItCannotReadAsync(HttpContext context, RequestDelegate next)
    {
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!reads && !HttpMethods.IsPost(context.Request.Method))
        {
            await RefuseAsync(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "The job dashboard is read with GET and acts on POST.");
            return;
        }

        try
        {
            await next(context);
            if (!reads && context.Response.StatusCode < StatusCodes.Status400BadRequest && !context.Request.Path.StartsWithSegments("/stats"))
            {
                var entry = new AuditEntry { Actor = context.User.ToCaller().Actor, Action = "hangfire.act", Subject = $"hangfire:{ForeignText.Clean(context.Request.Path, 200)}", Detail = await SelectedAsync(context) };
                await context.RequestServices.GetRequiredService<AuditWriter>().WriteAsync(entry, context.RequestAborted);
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted && IsUnreadable(exception))
        {
            await (reads && exception is InvalidOperationException
                ? RefuseAsync(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "This address of the job dashboard takes a form by POST.")
                : RefuseAsync(StatusCodes.Status400BadRequest, "malformed_request", "The job dashboard cannot read this: ids of jobs are whole numbers, and what it acts on comes as a form."));
        }

        Task RefuseAsync(int status, string code, string detail)
        {
            context.Response.Clear();
            if (status == StatusCodes.Status405MethodNotAllowed)
            {
                context.Response.Headers.Allow = "GET, HEAD, POST";
            }

            return ProblemResult.Of(status, code, detail).ExecuteAsync(context);
        }
    }

    // The jobs that a person has ticked.
    private static async Task<string?> SelectedAsync(HttpContext context) => context.Request.HasFormContentType && (await context.Request.ReadFormAsync(context.RequestAborted)).TryGetValue("jobs[]", out var jobs)
        ? ForeignText.Clean(string.Join(", ", jobs.AsEnumerable()), 500)
        : null;

    // A form that is none is an InvalidOperationException of ASP.NET Core's, without a type of its own.
    private static bool IsUnreadable(Exception exception) => exception is FormatException or OverflowException or InvalidDataException or BadHttpRequestException or IOException
        || exception is BackgroundJobClientException { InnerException: FormatException or OverflowException }
        || (exception is InvalidOperationException && exception.Message.StartsWith("Incorrect Content-Type", StringComparison.Ordinal));

    // Made for each request: its links lead where the reader reaches us, which only the request knows.
    private static Task ShowAsync(HttpContext context, bool antiforgery)
    {
        var services = context.RequestServices;
        return new AspNetCoreDashboardMiddleware(
            Missing, services.GetRequiredService<JobStorage>(), Options(antiforgery), services.GetRequiredService<Hangfire.Dashboard.RouteCollection>()).Invoke(context);
    }

    // The end of an endpoint's pipeline is an exception otherwise.
    private static Task Missing(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
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

    private static NonEscapedString RenderDetails(JobDetailsRendererDto details) => new(details.JobDetails.Job switch
    {
        { } job when job.Type == typeof(WorkflowJobs) && job.Args is [var first, ..] && Guid.TryParse($"{first}", out var workflow) =>
            $"""<p><a class="btn btn-default" href="{WebUtility.HtmlEncode(Links.Workflow(workflow))}">Workflow {workflow}</a></p>""",
        { } job when job.Type == typeof(RunnerJobs) => $"<p>{WebUtility.HtmlEncode(DescribeRunner(details))}</p>",
        _ => "",
    });

    // What it has done when it has ended is its result, which Hangfire shows.
    private static string DescribeRunner(JobDetailsRendererDto details)
    {
        var runners = details.Page.Context.GetHttpContext().RequestServices.GetRequiredService<InlineRunners>();
        if (runners.Active.Values.FirstOrDefault(runner => runner.JobId == details.JobId) is { } active)
        {
            return $"A runner: it works through inline runs. So far {active.Summary}";
        }

        return details.JobDetails.History.FirstOrDefault() is { } state && state.StateName == ProcessingState.StateName
            ? $"A runner: it works through inline runs on {state.Data["ServerId"]}, whose own dashboard has its figures."
            : "A runner: it works through inline runs.";
    }
}
