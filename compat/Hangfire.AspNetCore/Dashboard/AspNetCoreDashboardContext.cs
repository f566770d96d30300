using Hangfire.Common;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hangfire.Dashboard;

public sealed class AspNetCoreDashboardContext : DashboardContext
{
    public AspNetCoreDashboardContext(JobStorage storage, DashboardOptions options, HttpContext httpContext) : base(storage, options)
    {
        HttpContext = httpContext;
        Request = new AspNetCoreDashboardRequest(httpContext);
        Response = new AspNetCoreDashboardResponse(httpContext);
        Clock = httpContext.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    public HttpContext HttpContext { get; }

    public override IBackgroundJobClient GetBackgroundJobClient() => new BackgroundJobClient(Storage, Filters);

    public override IRecurringJobManager GetRecurringJobManager() => new RecurringJobManager(Storage, Filters);

    internal override void IssueAntiforgeryToken()
    {
        if (Options.IgnoreAntiforgeryToken || IsReadOnly) return;
        if (HttpContext.RequestServices.GetService<IAntiforgery>() is not { } antiforgery) return;

        var tokens = antiforgery.GetAndStoreTokens(HttpContext);
        (AntiforgeryHeader, AntiforgeryField, AntiforgeryToken) = (tokens.HeaderName, tokens.FormFieldName, tokens.RequestToken);
    }

    private IJobFilterProvider Filters => HttpContext.RequestServices.GetService<IJobFilterProvider>() ?? JobFilterProviders.Providers;
}
