using OpenClaw.Jobs.Telemetry;
using OpenClaw.Web.Health;
using OpenClaw.Web.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenClaw.Web.Telemetry;

/// <summary>Aggregates all meters once, for the collector and for /metrics.</summary>
internal sealed class MetricsExport : IDisposable
{
    private readonly Lock _reading = new();
    private readonly PrometheusExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;

    public MetricsExport(OpenClawOptions options)
    {
        _reader = new BaseExportingMetricReader(_exporter);
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("openclaw-backend", serviceVersion: ServiceVersion.Service))
            .AddMeter(OpenClawTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime")
            .AddReader(_reader);
        _provider = (options.OtlpEndpoint is { } endpoint ? builder.AddOtlpExporter(otlp => otlp.Endpoint = endpoint) : builder).Build();
    }

    public string ReadPrometheus()
    {
        lock (_reading)
        {
            _reader.Collect();
            return _exporter.Text;
        }
    }

    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
    }

    private sealed class PrometheusExporter : BaseExporter<Metric>
    {
        public string Text { get; private set; } = "";

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var text = new PrometheusText();
            foreach (var metric in batch)
            {
                text.Write(metric);
            }

            Text = text.ToString();
            return ExportResult.Success;
        }
    }
}
