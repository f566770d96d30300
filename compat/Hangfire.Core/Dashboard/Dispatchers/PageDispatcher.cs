using System.Data.Common;
using Hangfire.Dashboard.Pages;

namespace Hangfire.Dashboard.Dispatchers;

internal sealed class PageDispatcher(Func<PageContext, Page> render) : IDashboardDispatcher
{
    public Task Dispatch(DashboardContext context)
    {
        if (!context.Accepts("GET")) return Task.CompletedTask;

        context.IssueAntiforgeryToken();
        var (html, status) = Render(new PageContext(context));
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.SetHeader("Cache-Control", "no-store");
        return context.Response.WriteAsync(html.ToString());
    }

    private (Html Html, int Status) Render(PageContext context)
    {
        try
        {
            var page = render(context);
            return (Layout.Render(context, page, context.Statistics), page.Status);
        }
        catch (DbException e)
        {
            var page = StorageUnavailablePage.Render(e);
            return (Layout.Render(context, page, statistics: null), page.Status);
        }
    }
}
