namespace Hangfire;

public interface IRecurringJobManagerV2 : IRecurringJobManager
{
    JobStorage Storage { get; }

    string? TriggerJob(string recurringJobId);
}
