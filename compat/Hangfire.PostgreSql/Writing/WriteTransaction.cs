using System.Globalization;
using Hangfire.Common;
using Hangfire.Engine;
using Hangfire.PostgreSql.Queues;
using Hangfire.States;
using Npgsql;

namespace Hangfire.PostgreSql.Writing;

/// <summary>Collects writes; Commit sends them as one batch, which is one transaction of its own or part of the ambient one.</summary>
internal sealed partial class WriteTransaction(Database database, JobIds ids, QueueSignals signals) : EngineTransaction
{
    private readonly Dictionary<long, NewJob> _newJobs = [];
    private readonly List<StateWrite> _states = [];
    private readonly List<Func<NpgsqlBatchCommand>> _writes = [];
    private readonly HashSet<string> _queues = [];

    public override bool IsEmpty => _writes.Count == 0 && _newJobs.Count == 0;

    public override string CreateJob(Job job, IDictionary<string, string?> parameters, DateTime createdAt, TimeSpan expireIn)
    {
        var id = ids.Next();
        _newJobs[id] = new NewJob(id, job, parameters, createdAt)
        {
            ExpireAt = expireIn == Timeout.InfiniteTimeSpan ? null : DateTime.UtcNow + expireIn,
        };
        return id.ToString(CultureInfo.InvariantCulture);
    }

    public override void SetJobParameter(string jobId, string name, string? value)
    {
        if (_newJobs.TryGetValue(Id(jobId), out var created))
            created.Parameters[name] = value;
        else
            Write(WriteSql.SetParameter, Parameters.Of(Id(jobId)), Parameters.Of(name), Parameters.Of(value));
    }

    public override void SetJobState(string jobId, IState state)
    {
        if (_newJobs.TryGetValue(Id(jobId), out var created) && created.State is null && _states.Count == 0)
            created.State = state;
        else
            AddState(Id(jobId), state, isCurrent: true);
    }

    public override void AddJobState(string jobId, IState state) => AddState(Id(jobId), state, isCurrent: false);

    public override void ExpireJob(string jobId, TimeSpan expireIn) => SetExpiry(Id(jobId), DateTime.UtcNow + expireIn);

    public override void PersistJob(string jobId) => SetExpiry(Id(jobId), null);

    public override void AddToQueue(string queue, string jobId)
    {
        _queues.Add(queue);
        if (_newJobs.TryGetValue(Id(jobId), out var created) && created.Queue is null)
            created.Queue = queue;
        else
            Write(WriteSql.AddToQueue, Parameters.Of(Id(jobId)), Parameters.Of(queue));
    }

    public override void IncrementCounter(string key) => Count(key, 1, null);

    public override void IncrementCounter(string key, TimeSpan expireIn) => Count(key, 1, expireIn);

    public override void DecrementCounter(string key) => Count(key, -1, null);

    public override void DecrementCounter(string key, TimeSpan expireIn) => Count(key, -1, expireIn);

    public override void AddToSet(string key, string value) => AddToSet(key, value, 0);

    public override void AddToSet(string key, string value, double score)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && _newJobs.TryGetValue(id, out var created) && created.Set is null)
            created.Set = (key, score);
        else
            Write(WriteSql.AddToSet, Parameters.Of(key), Parameters.Of(value), Parameters.Of(score));
    }

    public override void RemoveFromSet(string key, string value) =>
        Write(WriteSql.RemoveFromSet, Parameters.Of(key), Parameters.Of(value));

    public override void SetRangeInHash(string key, IEnumerable<KeyValuePair<string, string>> keyValuePairs)
    {
        var pairs = keyValuePairs.ToArray();
        Write(
            WriteSql.SetRangeInHash,
            Parameters.Of(key),
            Parameters.Of([.. pairs.Select(p => p.Key)]),
            Parameters.Of([.. pairs.Select(p => p.Value)]));
    }

    public override void RemoveHash(string key) => Write(WriteSql.RemoveHash, Parameters.Of(key));

    internal static long Id(string jobId) => long.Parse(jobId, NumberStyles.None, CultureInfo.InvariantCulture);

    private void AddState(long jobId, IState state, bool isCurrent)
    {
        var write = new StateWrite(jobId, state, isCurrent);
        _states.Add(write);
        _writes.Add(() => write.ToCommand(database));
    }

    private void SetExpiry(long jobId, DateTime? at)
    {
        if (_states.FindLast(s => s.Concerns(jobId)) is { } state)
            state.ExpireAt(at);
        else if (_newJobs.TryGetValue(jobId, out var created))
            created.ExpireAt = at;
        else
            Write(WriteSql.SetExpiry, Parameters.Of(jobId), Parameters.Of(at));
    }

    private void Count(string key, int value, TimeSpan? expireIn) => Write(
        WriteSql.Count, Parameters.Of(key), Parameters.Of((long)value), Parameters.Of(DateTime.UtcNow + expireIn));

    private void Write(string sql, params NpgsqlParameter[] parameters) => _writes.Add(() => Command(sql, parameters));

    private NpgsqlBatchCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(database.Sql(sql));
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }
}
