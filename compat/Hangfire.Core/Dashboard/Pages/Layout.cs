using Hangfire.Dashboard.Components;
using Hangfire.Dashboard.Dispatchers;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Pages;

/// <summary>The frame around every page: header, navigation with the live counters, and footer.</summary>
internal static class Layout
{
    public static Html Render(PageContext context, Page page, StatisticsDto? statistics) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en" data-theme="{(context.Options.DarkModeEnabled ? "auto" : "light")}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="{(context.Options.DarkModeEnabled ? "light dark" : "light")}">
        <title>{page.Title} · {context.Options.DashboardTitle}</title>
        <link rel="icon" href="{context.Url(Asset.Icon.Path)}">
        <link rel="stylesheet" href="{context.Url(Asset.Stylesheet.Path)}">
        <script type="module" src="{context.Url(Asset.Script.Path)}"></script>
        </head>
        <body data-stats="{context.Url("/stats")}" data-interval="{context.Options.StatsPollingInterval}">
        <a class="skip" href="#main">Skip to content</a>
        <header class="top">
        <a class="brand" href="{context.Url("/")}">{context.Options.DashboardTitle}</a>
        {Html.When(context.IsReadOnly, () => Html.Of($"<span class=\"tag\">Read only</span>"))}
        {Html.When(!string.IsNullOrEmpty(context.Options.AppPath), () => Html.Of($"<a class=\"back\" href=\"{context.Options.AppPath}\">Back to site</a>"))}
        </header>
        <div class="frame">
        {Navigation.Render(context, statistics)}
        <main id="main" tabindex="-1">
        {Notice(Outcome.From(context.Dashboard.Request))}
        {page.Body}
        </main>
        </div>
        <footer class="foot">
        <span>OpenClaw compat engine</span>
        {Html.When(context.Options.DisplayStorageConnectionString, () => Html.Of($"<span>{context.Storage.ToString()}</span>"))}
        <span>Rendered at {Moment.Exact(context.Now)}</span>
        </footer>
        </body>
        </html>
        """);

    private static Html Notice(Outcome? outcome) => outcome is null
        ? Html.Empty
        : Html.Of($"""<p class="notice" role="status">{outcome.Message}</p>""");
}
