using System.Globalization;
using Hangfire.Common;
using Hangfire.Engine;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;
using Npgsql;

namespace Hangfire.PostgreSql.Monitoring;

/// <summary>What the dashboard shows. Counts that would have to walk over all finished jobs come from counters instead.</summary>
internal sealed partial class MonitoringApi(Database database) : JobStorageMonitor
{
    public override StatisticsDto GetStatistics() => database.Query(MonitoringSql.Statistics, reader =>
    {
        reader.Read();
        return new StatisticsDto
        {
            Enqueued = reader.GetInt64(0),
            Processing = reader.GetInt64(1),
            Scheduled = reader.GetInt64(2),
            Awaiting = reader.GetInt64(3),
            Retries = reader.GetInt64(4),
            Recurring = reader.GetInt64(5),
            Failed = reader.GetInt64(6),
            Servers = reader.GetInt64(7),
            Queues = reader.GetInt64(8),
            Succeeded = reader.GetInt64(9),
            Deleted = reader.GetInt64(10),
        };
    });

    public override IList<ServerDto> Servers() => database.List(
        "select id, data::text, lastheartbeat from hangfire.server order by id",
        reader =>
        {
            var data = ServerData.Parse(JobReader.Text(reader, 1));
            return new ServerDto
            {
                Name = reader.GetString(0),
                Heartbeat = reader.GetDateTime(2),
                Queues = data.Queues,
                StartedAt = data.StartedAt,
                WorkersCount = data.WorkerCount,
            };
        });

    public override IList<QueueWithTopEnqueuedJobsDto> Queues()
    {
        const int topCount = 5;
        var queues = database.List(MonitoringSql.Queues, reader => new QueueWithTopEnqueuedJobsDto
        {
            Name = reader.GetString(0),
            Length = reader.GetInt64(1),
            Fetched = reader.GetInt64(2),
        });
        foreach (var queue in queues)
            queue.FirstJobs = EnqueuedJobs(queue.Name, 0, topCount);
        return queues;
    }

    public override JobDetailsDto? JobDetails(string jobId)
    {
        if (JobReader.Read(database, jobId) is not { } job)
            return null;
        var id = long.Parse(job.Id, CultureInfo.InvariantCulture);
        return new JobDetailsDto
        {
            CreatedAt = job.CreatedAt,
            ExpireAt = database.Query(
                "select expireat from hangfire.job where id = $1",
                reader => reader.Read() && !reader.IsDBNull(0) ? reader.GetDateTime(0) : (DateTime?)null,
                Parameters.Of(id)),
            History = database.List(MonitoringSql.History, History, Parameters.Of(id)),
            InvocationData = job.Invocation,
            Job = job.Job,
            LoadException = job.LoadException,
            Properties = new Dictionary<string, string>(job.Parameters),
        };
    }

    public override IDictionary<DateTime, long> SucceededByDatesCount() => Timeline("succeeded", days: true);

    public override IDictionary<DateTime, long> FailedByDatesCount() => Timeline("failed", days: true);

    public override IDictionary<DateTime, long> DeletedByDatesCount() => Timeline("deleted", days: true);

    public override IDictionary<DateTime, long> HourlySucceededJobs() => Timeline("succeeded", days: false);

    public override IDictionary<DateTime, long> HourlyFailedJobs() => Timeline("failed", days: false);

    public override IDictionary<DateTime, long> HourlyDeletedJobs() => Timeline("deleted", days: false);

    private static StateHistoryDto History(NpgsqlDataReader reader) => new()
    {
        StateName = reader.GetString(0),
        Reason = JobReader.Text(reader, 1),
        CreatedAt = reader.GetDateTime(2),
        Data = StateJson.Deserialize(JobReader.Text(reader, 3)),
    };

    private static DateTime? Date(IReadOnlyDictionary<string, string>? data, string key) =>
        JobHelper.FindDateTime(data?.GetValueOrDefault(key));

    private Dictionary<DateTime, long> Timeline(string type, bool days)
    {
        var now = DateTime.UtcNow;
        var points = days
            ? Enumerable.Range(0, 7).Select(i => now.Date.AddDays(-i)).ToDictionary(d => d, d => $"stats:{type}:{Text(d, "yyyy-MM-dd")}")
            : Enumerable.Range(0, 24).Select(i => now.AddHours(-i)).ToDictionary(h => h, h => $"stats:{type}:{Text(h, "yyyy-MM-dd-HH")}");
        var values = database.List(
            MonitoringSql.Counters,
            reader => KeyValuePair.Create(reader.GetString(0), reader.GetInt64(1)),
            Parameters.Of([.. points.Values])).ToDictionary();
        return points.ToDictionary(p => p.Key, p => values.GetValueOrDefault(p.Value));

        static string Text(DateTime value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    }
}
