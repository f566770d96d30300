using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Telemetry;

/// <summary>Where what we measure and trace goes: to an OTLP collector when one is configured, and to whoever asks for /metrics.</summary>
internal static class TelemetryComposition
{
    private const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    public static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<MetricsExport>();
        services.AddSingleton<TraceExport>();
    }

    public static void MapTelemetry(this WebApplication app)
    {
        // Both listen from the start, not from the first question.
        var metrics = app.Services.GetRequiredService<MetricsExport>();
        app.Services.GetRequiredService<TraceExport>();
        app.MapGet("/metrics", () => TypedResults.Text(metrics.ReadPrometheus(), PrometheusText))
            .WithTags("Health").WithSummary("Read all metrics in Prometheus' text format").Produces<string>(200, "text/plain").ProducesProblem(401).RequireScope(KeyScopes.Metrics).OfHouseAlone();
    }
}
