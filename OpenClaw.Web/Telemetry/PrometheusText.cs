using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace OpenClaw.Web.Telemetry;

/// <summary>Prometheus' text format, version 0.0.4. No package for it can be had from every feed.</summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();

    public void Write(Metric metric)
    {
        var name = NameOf(metric);
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {metric.Description.ReplaceLineEndings(" ")}\n# TYPE {name} {TypeOf(metric.MetricType)}\n");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            Write(name, metric.MetricType, point);
        }
    }

    public override string ToString() => _text.ToString();

    private void Write(string name, MetricType type, in MetricPoint point)
    {
        var labels = LabelsOf(point);
        switch (type)
        {
            case MetricType.Histogram:
                WriteHistogram(name, labels, point);
                break;
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                WriteLine(name, labels, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                WriteLine(name, labels, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                WriteLine(name, labels, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                WriteLine(name, labels, point.GetGaugeLastValueDouble());
                break;
        }
    }

    private void WriteHistogram(string name, string labels, in MetricPoint point)
    {
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            var limit = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString(CultureInfo.InvariantCulture);
            WriteLine($"{name}_bucket", $"{labels}{(labels.Length == 0 ? "" : ",")}le=\"{limit}\"", count);
        }

        WriteLine($"{name}_sum", labels, point.GetHistogramSum());
        WriteLine($"{name}_count", labels, point.GetHistogramCount());
    }

    private void WriteLine(string name, string labels, double value) =>
        _text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string LabelsOf(in MetricPoint point)
    {
        var labels = new StringBuilder();
        foreach (var (key, value) in point.Tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace(@"\", @"\\").Replace("\"", "\\\"").Replace("\n", @"\n");
            labels.Append(labels.Length == 0 ? "" : ",").Append(Clean(key)).Append("=\"").Append(text).Append('"');
        }

        return labels.ToString();
    }

    private static string NameOf(Metric metric)
    {
        var unit = metric.Unit switch { "s" => "_seconds", "By" => "_bytes", "ms" => "_milliseconds", _ => "" };
        var total = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum ? "_total" : "";
        return Clean(metric.Name) + unit + total;
    }

    private static string TypeOf(MetricType type) => type switch
    {
        MetricType.Histogram => "histogram",
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        _ => "gauge",
    };

    private static string Clean(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
