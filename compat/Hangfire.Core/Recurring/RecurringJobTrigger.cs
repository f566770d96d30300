using System.Transactions;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Engine;
using Hangfire.States;
using Hangfire.Storage;

namespace Hangfire.Recurring;

/// <summary>
/// Everything that changes a recurring job, each under the job's lock and in one transaction with the background jobs that it creates:
/// an instant fires once, however many servers look at it.
/// </summary>
internal sealed class RecurringJobTrigger(JobStorage storage, IJobFilterProvider filterProvider, ITimeZoneResolver timeZones)
{
    private const int MaxRetries = 5;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(15);

    private readonly IEngineStorage _engine = EngineStorage.Of(storage);
    private readonly JobFactory _factory = new(filterProvider);

    public void Define(string id, string payload, string cron, RecurringJobOptions options) => Locked(id, connection =>
    {
        var now = DateTime.UtcNow;
        var entry = RecurringEntry.Find(connection, id) ?? new RecurringEntry(id, new Dictionary<string, string>());
        var isSameSchedule = entry.Cron == cron && entry.TimeZoneId == options.TimeZone.Id && entry.NextExecution is not null;
        entry.Define(payload, cron, options, now);
        if (!isSameSchedule)
            entry.Advance(timeZones, now, now, TimeSpan.Zero);
        Save(connection, entry);
        return true;
    });

    public string? Fire(string id) => Locked(id, connection =>
    {
        if (RecurringEntry.Find(connection, id) is not { Job: not null } entry)
            return null;
        var now = DateTime.UtcNow;
        var jobId = Create(connection, entry, now, "Triggered using recurring job manager");
        entry.Executed(jobId, now);
        Save(connection, entry);
        return jobId;
    });

    public void Remove(string id) => Locked(id, connection =>
    {
        Forget(connection, id);
        return true;
    });

    /// <summary>Fires what is due, unless another server is at it.</summary>
    public void FireDue(string id, TimeSpan precision)
    {
        using var scope = NewScope(TransactionScopeOption.RequiresNew);
        if (!_engine.TryLock(RecurringEntry.KeyOf(id)))
            return;
        using var connection = storage.GetConnection();
        var now = DateTime.UtcNow;
        if (RecurringEntry.Find(connection, id) is not { } entry)
            Forget(connection, id);
        else if (entry.NextExecution is not { } next || next <= now)
        {
            Fire(connection, entry, now, precision);
            Save(connection, entry);
        }
        scope.Complete();
    }

    /// <summary>For what failed outside of the job's own definition: it is tried again a few times, then left with its error.</summary>
    public void Postpone(string id, Exception exception) => Locked(id, connection =>
    {
        if (RecurringEntry.Find(connection, id) is { } entry)
        {
            if (entry.RetryAttempt < MaxRetries)
                entry.RetryAt(DateTime.UtcNow + RetryDelay * (entry.RetryAttempt + 1), exception.Message);
            else
                entry.Disable(exception.Message);
            Save(connection, entry);
        }
        return true;
    });

    private static TransactionScope NewScope(TransactionScopeOption option) => new(
        option, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted }, TransactionScopeAsyncFlowOption.Enabled);

    private void Fire(IStorageConnection connection, RecurringEntry entry, DateTime now, TimeSpan precision)
    {
        IReadOnlyList<DateTime> due;
        try
        {
            _ = Load(entry);
            // One instant before the planned one, so that this counts; an older plan than ours may miss others before now.
            due = entry.Advance(timeZones, (entry.NextInstant ?? now).AddSeconds(-1), now, precision);
        }
        catch (Exception exception) when (exception is FormatException or JobLoadException or TimeZoneNotFoundException or InvalidTimeZoneException
            or InvalidOperationException or System.Text.Json.JsonException or Newtonsoft.Json.JsonException)
        {
            entry.Disable((exception.InnerException ?? exception).Message);
            return;
        }
        foreach (var time in due)
            entry.Executed(Create(connection, entry, time, "Triggered by recurring job scheduler"), now);
    }

    private static Job Load(RecurringEntry entry) => InvocationData.DeserializePayload(
        entry.Job ?? throw new InvalidOperationException("The recurring job names no job.")).DeserializeJob();

    private string? Create(IStorageConnection connection, RecurringEntry entry, DateTime time, string reason)
    {
        var parameters = new Dictionary<string, object>
        {
            [RecurringEntry.IdParameter] = entry.Id,
            [RecurringEntry.TimeParameter] = JobHelper.ToTimestamp(time),
        };
        return _factory.Create(new CreateContext(
            storage, connection, Load(entry), new EnqueuedState(entry.Queue) { Reason = reason }, parameters))?.Id;
    }

    private T Locked<T>(string id, Func<IStorageConnection, T> action)
    {
        using var scope = NewScope(TransactionScopeOption.Required);
        _engine.Lock(RecurringEntry.KeyOf(id));
        using var connection = storage.GetConnection();
        var result = action(connection);
        scope.Complete();
        return result;
    }

    private static void Save(IStorageConnection connection, RecurringEntry entry)
    {
        using var transaction = connection.CreateWriteTransaction();
        entry.Save(transaction);
        transaction.Commit();
    }

    private static void Forget(IStorageConnection connection, string id)
    {
        using var transaction = connection.CreateWriteTransaction();
        transaction.RemoveHash(RecurringEntry.KeyOf(id));
        transaction.RemoveFromSet(RecurringEntry.SetKey, id);
        transaction.Commit();
    }
}
