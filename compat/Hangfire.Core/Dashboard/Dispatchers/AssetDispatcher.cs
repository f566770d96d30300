namespace Hangfire.Dashboard.Dispatchers;

internal sealed class AssetDispatcher(Asset asset) : IDashboardDispatcher
{
    public async Task Dispatch(DashboardContext context)
    {
        if (!context.Accepts("GET")) return;

        context.Response.ContentType = asset.ContentType;
        context.Response.SetHeader("Cache-Control", context.Request.GetQuery("v") == asset.Version
            ? "private, max-age=31536000, immutable"
            : "no-cache");
        await context.Response.Body.WriteAsync(asset.Content);
    }
}
