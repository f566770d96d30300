using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Hangfire.Engine;

internal static class EngineTelemetry
{
    public const string Name = "Hangfire";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Succeeded =
        Meter.CreateCounter<long>("hangfire.jobs.succeeded", "{job}", "Jobs that were performed and finished.");
    public static readonly Counter<long> Failed =
        Meter.CreateCounter<long>("hangfire.jobs.failed", "{job}", "Performances that ended with an exception, retried ones too.");
    public static readonly Counter<long> HandedOff =
        Meter.CreateCounter<long>("hangfire.jobs.handed_off", "{job}", "Continuations started by the worker that finished their parent.");
    public static readonly Counter<long> LeaseLost =
        Meter.CreateCounter<long>("hangfire.jobs.lease_lost", "{job}", "Results dropped because another worker had taken the job.");
    public static readonly Counter<long> Reclaimed =
        Meter.CreateCounter<long>("hangfire.jobs.reclaimed", "{sweep}", "Sweeps that found jobs of vanished workers.");
    public static readonly UpDownCounter<long> Running =
        Meter.CreateUpDownCounter<long>("hangfire.jobs.running", "{job}", "Jobs being performed.");
    public static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("hangfire.job.duration", "s", "Time that a job's method took.");
}
