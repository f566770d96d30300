using Microsoft.AspNetCore.Mvc;
using Npgsql;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Web.Health;
using OpenClaw.Web.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenClaw.Web.Telemetry;

/// <summary>Where what we measure and trace goes: to an OTLP collector when one is configured, and to whoever asks for /metrics.</summary>
internal static class TelemetryComposition
{
    public static void AddTelemetry(this IServiceCollection services, OpenClawOptions options)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("openclaw-backend", serviceVersion: ServiceVersion.Service))
            .WithMetrics(metrics => metrics
                .AddMeter(OpenClawTelemetry.Name)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddNpgsqlInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (options.OtlpEndpoint is not { } endpoint)
        {
            // Without a collector nothing is traced.
            return;
        }

        telemetry
            .WithMetrics(metrics => metrics.AddOtlpExporter(otlp => otlp.Endpoint = endpoint))
            .WithTracing(traces => traces
                .AddSource(OpenClawTelemetry.Name, "Hangfire")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddNpgsql()
                .AddOtlpExporter(otlp => otlp.Endpoint = endpoint));
    }

    // The package maps a bare pipeline, of which the API's document knows nothing by itself.
    public static void MapTelemetry(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint("/metrics")
            .WithTags("Health").WithSummary("Read all metrics in Prometheus' text format")
            .WithMetadata(
                new HttpMethodMetadata([HttpMethods.Get]),
                ((Action)Document).Method,
                new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/plain"]),
                new ProducesResponseTypeMetadata(StatusCodes.Status401Unauthorized, typeof(ProblemDetails), ["application/problem+json"]));

    private static void Document()
    {
    }
}
