using System.Globalization;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace Hangfire.Recurring;

/// <summary>A recurring job as its hash stores it.</summary>
internal sealed class RecurringEntry(string id, IReadOnlyDictionary<string, string> stored)
{
    public const string SetKey = "recurring-jobs";
    public const string IdParameter = "RecurringJobId";
    public const string TimeParameter = "Time";

    // Of our own: the package knows the retry's time alone.
    private const string RetryOf = "RetryOf";

    private const double NeverScore = -1;

    private readonly Dictionary<string, string> _fields = new(stored);

    public string Id { get; } = id;
    public bool IsNew { get; } = stored.Count == 0;
    public string Queue => Field("Queue") ?? EnqueuedState.DefaultQueue;
    public string Cron => Field("Cron") ?? "";
    public string TimeZoneId => Field("TimeZoneId") ?? TimeZoneInfo.Utc.Id;
    public string? Job => Field("Job");
    public string? LastJobId => Field("LastJobId");
    public string? Error => Field("Error");
    public DateTime? CreatedAt => Date("CreatedAt");
    public DateTime? LastExecution => Date("LastExecution");
    public DateTime? NextExecution => Date("NextExecution");

    /// <summary>The instant that is to fire next: the one whose attempt failed, however late its retry is.</summary>
    public DateTime? NextInstant => Date(RetryOf) ?? NextExecution;

    public int RetryAttempt => int.TryParse(Field("RetryAttempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : 0;
    public MisfireHandlingMode Misfire => Enum.TryParse<MisfireHandlingMode>(Field("Misfire"), out var mode) ? mode : MisfireHandlingMode.Relaxed;

    public static string KeyOf(string id) => $"recurring-job:{id}";

    public static RecurringEntry? Find(IStorageConnection connection, string id) =>
        connection.GetAllEntriesFromHash(KeyOf(id)) is { } fields ? new RecurringEntry(id, fields) : null;

    public void Define(string job, string cron, RecurringJobOptions options, DateTime now)
    {
        _fields["Queue"] = options.QueueName;
        _fields["Cron"] = cron;
        _fields["TimeZoneId"] = options.TimeZone.Id;
        _fields["Job"] = job;
        _fields.TryAdd("CreatedAt", JobHelper.SerializeDateTime(now));
        _fields.TryAdd("V", "2");
        if (options.MisfireHandling != MisfireHandlingMode.Relaxed || _fields.ContainsKey("Misfire"))
            _fields["Misfire"] = options.MisfireHandling.ToString("D");
    }

    /// <summary>Finds what is due by now in this job's misfire mode, and what comes next.</summary>
    public IReadOnlyList<DateTime> Advance(ITimeZoneResolver timeZones, DateTime from, DateTime now, TimeSpan precision)
    {
        var (schedule, zone) = (CronSchedule.Parse(Cron), timeZones.GetTimeZoneById(TimeZoneId));
        var due = new List<DateTime>();
        var next = schedule.Next(from, zone);
        while (next <= now)
        {
            switch (Misfire)
            {
                case MisfireHandlingMode.Relaxed:
                    due.Add(now);
                    next = schedule.Next(now, zone);
                    continue;
                case MisfireHandlingMode.Strict:
                    due.Add(next.Value);
                    break;
                case MisfireHandlingMode.Ignorable when now - next <= precision || next == Date(RetryOf):
                    due.Add(next.Value);
                    break;
            }
            next = schedule.Next(next.Value, zone);
        }
        if (RetryAttempt > 0 && due.Count == 0)
            due.Add(now);
        SetNext(next);
        Set("Error", null);
        Set(RetryOf, null);
        if (_fields.ContainsKey("RetryAttempt"))
            _fields["RetryAttempt"] = "0";
        return due;
    }

    public void Executed(string? jobId, DateTime at)
    {
        _fields["LastJobId"] = jobId ?? "";
        _fields["LastExecution"] = JobHelper.SerializeDateTime(at);
    }

    /// <summary>It cannot run as it is: it stays, with the reason, until it is defined anew.</summary>
    public void Disable(string error)
    {
        Set("Error", error);
        SetNext(null);
    }

    public void RetryAt(DateTime next, string error)
    {
        if (NextInstant is { } instant)
            _fields[RetryOf] = JobHelper.SerializeDateTime(instant);
        _fields["RetryAttempt"] = (RetryAttempt + 1).ToString(CultureInfo.InvariantCulture);
        Set("Error", error);
        SetNext(next);
    }

    public void Save(IWriteOnlyTransaction transaction)
    {
        var changed = _fields.Where(f => !stored.TryGetValue(f.Key, out var old) || old != f.Value).ToArray();
        if (changed.Length > 0)
            transaction.SetRangeInHash(KeyOf(Id), changed);
        transaction.AddToSet(SetKey, Id, NextExecution is { } next ? JobHelper.ToTimestamp(next) : NeverScore);
    }

    private void SetNext(DateTime? next) => _fields["NextExecution"] = next is { } value ? JobHelper.SerializeDateTime(value) : "";

    private void Set(string name, string? value)
    {
        if (value is not null || _fields.ContainsKey(name))
            _fields[name] = value ?? "";
    }

    private string? Field(string name) => _fields.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    private DateTime? Date(string name) => JobHelper.DeserializeNullableDateTime(Field(name));
}
