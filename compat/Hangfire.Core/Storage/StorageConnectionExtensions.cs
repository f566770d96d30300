using Hangfire.Common;
using Hangfire.Recurring;

namespace Hangfire.Storage;

public static class StorageConnectionExtensions
{
    public static long GetRecurringJobCount(this JobStorageConnection connection) => connection.GetSetCount(RecurringEntry.SetKey);

    public static List<RecurringJobDto> GetRecurringJobs(this IStorageConnection connection) =>
        connection.GetRecurringJobs(connection.GetAllItemsFromSet(RecurringEntry.SetKey).Order(StringComparer.Ordinal));

    public static List<RecurringJobDto> GetRecurringJobs(this JobStorageConnection connection, int startingFrom, int endingAt) =>
        connection.GetRecurringJobs(connection.GetRangeFromSet(RecurringEntry.SetKey, startingFrom, endingAt));

    public static List<RecurringJobDto> GetRecurringJobs(this IStorageConnection connection, IEnumerable<string> ids) =>
        [.. ids.Select(id => Read(connection, id))];

    private static RecurringJobDto Read(IStorageConnection connection, string id)
    {
        if (RecurringEntry.Find(connection, id) is not { } entry)
            return new RecurringJobDto { Id = id, Removed = true };
        var (job, error) = Load(entry.Job);
        return new RecurringJobDto
        {
            Id = id,
            Cron = entry.Cron,
            Queue = entry.Queue,
            Job = job,
            LoadException = error,
            NextExecution = entry.NextExecution,
            LastExecution = entry.LastExecution,
            LastJobId = entry.LastJobId,
            LastJobState = entry.LastJobId is null ? null : connection.GetStateData(entry.LastJobId)?.Name,
            CreatedAt = entry.CreatedAt,
            TimeZoneId = entry.TimeZoneId,
            Error = entry.Error,
            RetryAttempt = entry.RetryAttempt,
        };
    }

    private static (Job?, JobLoadException?) Load(string? payload)
    {
        try
        {
            return payload is null ? (null, null) : (InvocationData.DeserializePayload(payload).DeserializeJob(), null);
        }
        catch (JobLoadException exception)
        {
            return (null, exception);
        }
        catch (Exception exception)
        {
            return (null, new JobLoadException("The recurring job cannot be read.", exception));
        }
    }
}
