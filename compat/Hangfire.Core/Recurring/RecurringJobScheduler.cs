using Hangfire.Common;
using Hangfire.Logging;
using Hangfire.Server;
using Hangfire.Storage;

namespace Hangfire.Recurring;

/// <summary>Looks for recurring jobs that are due. All servers do; a job's lock decides who fires it.</summary>
internal sealed class RecurringJobScheduler(TimeSpan pollingInterval, ITimeZoneResolver timeZones, IJobFilterProvider filterProvider) : IBackgroundProcess
{
    private const int BatchSize = 1000;

    private readonly ILog _log = LogProvider.For<RecurringJobScheduler>();

    public void Execute(BackgroundProcessContext context)
    {
        var trigger = new RecurringJobTrigger(context.Storage, filterProvider, timeZones);
        foreach (var id in FindDue(context.Storage))
        {
            try
            {
                trigger.FireDue(id, pollingInterval);
            }
            catch (Exception exception) when (exception is not System.Data.Common.DbException)
            {
                _log.ErrorException($"The recurring job '{id}' could not be fired.", exception);
                trigger.Postpone(id, exception);
            }
        }
        context.Wait(pollingInterval);
    }

    private static List<string> FindDue(JobStorage storage)
    {
        using var connection = (JobStorageConnection)storage.GetConnection();
        return connection.GetFirstByLowestScoreFromSet(RecurringEntry.SetKey, 0, JobHelper.ToTimestamp(DateTime.UtcNow), BatchSize);
    }
}
