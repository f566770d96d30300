using OpenClaw.Jobs.Telemetry;
using OpenClaw.Web.Health;
using OpenClaw.Web.Hosting;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenClaw.Web.Telemetry;

/// <summary>Sends traces to OTEL_EXPORTER_OTLP_ENDPOINT: from the request through workflow and step to the outgoing call. Without one, nothing is traced.</summary>
internal sealed class TraceExport(OpenClawOptions options) : IDisposable
{
    private readonly TracerProvider? _provider = options.OtlpEndpoint is { } endpoint
        ? Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("openclaw-backend", serviceVersion: ServiceVersion.Service))
            .AddSource(OpenClawTelemetry.Name, "Hangfire", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql")
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint)
            .Build()
        : null;

    public void Dispose() => _provider?.Dispose();
}
