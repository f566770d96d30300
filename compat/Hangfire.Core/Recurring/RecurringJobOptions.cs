using Hangfire.States;

namespace Hangfire;

public class RecurringJobOptions
{
    private TimeZoneInfo _timeZone = TimeZoneInfo.Utc;
    private string _queueName = EnqueuedState.DefaultQueue;

    public TimeZoneInfo TimeZone
    {
        get => _timeZone;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _timeZone = value;
        }
    }

    public string QueueName
    {
        get => _queueName;
        set
        {
            States.QueueName.Validate(value, nameof(value));
            _queueName = value;
        }
    }

    public MisfireHandlingMode MisfireHandling { get; set; }
}
