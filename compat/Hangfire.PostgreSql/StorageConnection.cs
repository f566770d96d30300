using System.Globalization;
using System.Text.Json;
using Hangfire.Engine;
using Hangfire.PostgreSql.Writing;
using Hangfire.Server;
using Hangfire.Storage;
using Npgsql;

namespace Hangfire.PostgreSql;

/// <summary>Holds no connection of its own: every call takes one for its duration.</summary>
internal sealed class StorageConnection(Database database, Func<WriteTransaction> begin, TimeSpan lockTimeout) : JobStorageConnection
{
    public override IWriteOnlyTransaction CreateWriteTransaction() => begin();

    public override IDisposable AcquireDistributedLock(string resource, TimeSpan timeout) =>
        DistributedLock.Acquire(database, resource, timeout, lockTimeout);

    public override JobData? GetJobData(string jobId) => JobReader.Read(database, jobId)?.ToJobData();

    public override StateData? GetStateData(string jobId) => long.TryParse(jobId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? Single(
            "select s.name, s.reason, s.data::text from hangfire.job j join hangfire.state s on s.id = j.stateid where j.id = $1",
            reader => new StateData
            {
                Name = reader.GetString(0),
                Reason = JobReader.Text(reader, 1),
                Data = StateJson.Deserialize(JobReader.Text(reader, 2)),
            },
            Parameters.Of(id))
        : null;

    public override string? GetJobParameter(string id, string name) => Single(
        "select value from hangfire.jobparameter where jobid = $1 and name = $2 limit 1",
        reader => JobReader.Text(reader, 0),
        Parameters.Of(WriteTransaction.Id(id)),
        Parameters.Of(name));

    public override void SetJobParameter(string id, string name, string? value) => Commit(t => t.SetJobParameter(id, name, value));

    public override void AnnounceServer(string serverId, ServerContext context) => database.Execute(
        """
        insert into hangfire.server (id, data, lastheartbeat) values ($1, $2, now())
        on conflict (id) do update set data = excluded.data, lastheartbeat = excluded.lastheartbeat
        """,
        Parameters.Of(serverId),
        Parameters.Json(JsonSerializer.Serialize(new { context.WorkerCount, context.Queues, StartedAt = DateTime.UtcNow })));

    public override void Heartbeat(string serverId)
    {
        if (database.Execute("update hangfire.server set lastheartbeat = now() where id = $1", Parameters.Of(serverId)) == 0)
            throw new BackgroundServerGoneException();
    }

    public override void RemoveServer(string serverId) =>
        database.Execute("delete from hangfire.server where id = $1", Parameters.Of(serverId));

    public override int RemoveTimedOutServers(TimeSpan timeOut) =>
        database.Execute("delete from hangfire.server where lastheartbeat < now() - $1", Parameters.Of(timeOut));

    public override HashSet<string> GetAllItemsFromSet(string key) =>
        [.. Strings("select value from hangfire.set where key = $1", Parameters.Of(key))];

    public override string? GetFirstByLowestScoreFromSet(string key, double fromScore, double toScore) =>
        GetFirstByLowestScoreFromSet(key, fromScore, toScore, 1).FirstOrDefault();

    public override List<string> GetFirstByLowestScoreFromSet(string key, double fromScore, double toScore, int count) => Strings(
        "select value from hangfire.set where key = $1 and score between $2 and $3 order by score limit $4",
        Parameters.Of(key),
        Parameters.Of(fromScore),
        Parameters.Of(toScore),
        Parameters.Of(count));

    public override List<string> GetRangeFromSet(string key, int startingFrom, int endingAt) => Strings(
        "select value from hangfire.set where key = $1 order by id offset $2 limit $3",
        Parameters.Of(key),
        Parameters.Of(startingFrom),
        Parameters.Of(endingAt - startingFrom + 1));

    public override long GetSetCount(string key) => Number("select count(*) from hangfire.set where key = $1", Parameters.Of(key));

    public override long GetCounter(string key) => Number(
        """
        select coalesce(sum(value), 0)::bigint from (
            select value from hangfire.counter where key = $1 union all select value from hangfire.aggregatedcounter where key = $1) c
        """,
        Parameters.Of(key));

    public override Dictionary<string, string>? GetAllEntriesFromHash(string key) => database.Query(
        "select field, value from hangfire.hash where key = $1",
        reader =>
        {
            var entries = new Dictionary<string, string>();
            while (reader.Read())
                entries[reader.GetString(0)] = JobReader.Text(reader, 1) ?? "";
            return entries.Count == 0 ? null : entries;
        },
        Parameters.Of(key));

    public override void SetRangeInHash(string key, IEnumerable<KeyValuePair<string, string>> keyValuePairs) =>
        Commit(t => t.SetRangeInHash(key, keyValuePairs));

    public override string? GetValueFromHash(string key, string name) => Single(
        "select value from hangfire.hash where key = $1 and field = $2",
        reader => JobReader.Text(reader, 0),
        Parameters.Of(key),
        Parameters.Of(name));

    private void Commit(Action<WriteTransaction> write)
    {
        using var transaction = begin();
        write(transaction);
        transaction.Commit();
    }

    private T? Single<T>(string sql, Func<NpgsqlDataReader, T?> read, params NpgsqlParameter[] parameters)
        where T : class => database.Query(sql, reader => reader.Read() ? read(reader) : null, parameters);

    private long Number(string sql, params NpgsqlParameter[] parameters) =>
        database.Query(sql, reader => reader.Read() ? reader.GetInt64(0) : 0, parameters);

    private List<string> Strings(string sql, params NpgsqlParameter[] parameters) => database.List(sql, reader => reader.GetString(0), parameters);
}
