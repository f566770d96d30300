using Hangfire.Common;
using Hangfire.Recurring;
using Hangfire.Storage;

namespace Hangfire;

public class RecurringJobManager : IRecurringJobManagerV2
{
    private readonly RecurringJobTrigger _trigger;

    public RecurringJobManager() : this(JobStorage.Current)
    {
    }

    public RecurringJobManager(JobStorage storage) : this(storage, JobFilterProviders.Providers)
    {
    }

    public RecurringJobManager(JobStorage storage, IJobFilterProvider filterProvider)
        : this(storage, filterProvider, new DefaultTimeZoneResolver())
    {
    }

    public RecurringJobManager(JobStorage storage, IJobFilterProvider filterProvider, ITimeZoneResolver timeZoneResolver)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(filterProvider);
        ArgumentNullException.ThrowIfNull(timeZoneResolver);
        Storage = storage;
        _trigger = new RecurringJobTrigger(storage, filterProvider, timeZoneResolver);
    }

    public JobStorage Storage { get; }

    public void AddOrUpdate(string recurringJobId, Job job, string cronExpression, RecurringJobOptions options)
    {
        ArgumentNullException.ThrowIfNull(recurringJobId);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(cronExpression);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            CronSchedule.Parse(cronExpression);
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"The cron expression is invalid: {exception.Message}", nameof(cronExpression), exception);
        }
        var payload = InvocationData.SerializeJob(job).SerializePayload();
        _trigger.Define(recurringJobId, payload, cronExpression, options);
    }

    public void Trigger(string recurringJobId) => TriggerJob(recurringJobId);

    public string? TriggerJob(string recurringJobId)
    {
        ArgumentNullException.ThrowIfNull(recurringJobId);
        return _trigger.Fire(recurringJobId);
    }

    public void RemoveIfExists(string recurringJobId)
    {
        ArgumentNullException.ThrowIfNull(recurringJobId);
        _trigger.Remove(recurringJobId);
    }
}
