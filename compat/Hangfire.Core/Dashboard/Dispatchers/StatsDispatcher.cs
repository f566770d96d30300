using System.Text.Json;

namespace Hangfire.Dashboard.Dispatchers;

/// <summary>The counters as JSON, which the pages refresh themselves from.</summary>
internal sealed class StatsDispatcher : IDashboardDispatcher
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Task Dispatch(DashboardContext context)
    {
        if (!context.Accepts("GET")) return Task.CompletedTask;

        context.Response.ContentType = "application/json";
        context.Response.SetHeader("Cache-Control", "no-store");
        return context.Response.WriteAsync(JsonSerializer.Serialize(context.Storage.GetMonitoringApi().GetStatistics(), Json));
    }
}
