using Hangfire.Common;
using Hangfire.States;

namespace Hangfire;

public class BackgroundJobServerOptions
{
    private const int MaxDefaultWorkerCount = 20;

    private int _workerCount = Math.Min(Environment.ProcessorCount * 5, MaxDefaultWorkerCount);
    private string[] _queues = [EnqueuedState.DefaultQueue];

    public string? ServerName { get; set; }

    public int WorkerCount
    {
        get => _workerCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _workerCount = value;
        }
    }

    public string[] Queues
    {
        get => _queues;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ArgumentOutOfRangeException.ThrowIfZero(value.Length);
            foreach (var queue in value)
                QueueName.Validate(queue, nameof(value));
            _queues = value;
        }
    }

    public TimeSpan StopTimeout { get; set; } = TimeSpan.Zero;
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(15);
    public TimeSpan SchedulePollingInterval { get; set; } = TimeSpan.FromSeconds(15);
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(30);
    public TimeSpan ServerTimeout { get; set; } = TimeSpan.FromMinutes(5);
    public TimeSpan ServerCheckInterval { get; set; } = TimeSpan.FromMinutes(5);
    public TimeSpan CancellationCheckInterval { get; set; } = TimeSpan.FromSeconds(5);
    public IJobFilterProvider? FilterProvider { get; set; }
    public JobActivator? Activator { get; set; }
    public ITimeZoneResolver? TimeZoneResolver { get; set; }
}
